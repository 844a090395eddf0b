//! How much may follow from one cause, before it has to be asked for: two processes that talk for ever
//! cannot starve the rest.

use std::collections::HashMap;

use ao_data_item::Id;

use crate::message::{Cause, Message};
use crate::store::HeldKey;

/// What has followed from the causes that are at work, and what is held back.
pub(super) struct Budget {
    /// So many messages may follow from one cause.
    allowance: u64,
    causes: HashMap<String, Spent>,
}

/// What has followed from one cause.
#[derive(Default)]
struct Spent {
    count: u64,
    in_flight: u64,
    held: Vec<Held>,
}

/// A message that waits until its cause is resumed.
pub(super) struct Held {
    pub(super) key: HeldKey,
    /// The process that sent it.
    pub(super) from: Id,
    /// The process that it is for.
    pub(super) process: Id,
    pub(super) message: Message,
}

impl Budget {
    pub(super) fn new(allowance: u64) -> Self {
        Self {
            allowance,
            causes: HashMap::new(),
        }
    }

    /// One more message of a cause: its number, or `None` if it has to wait.
    pub(super) fn draw(&mut self, cause: &Cause) -> Option<u64> {
        let allowance = self.allowance;
        let spent = self.spent(cause);
        // What waits goes first: the order of what follows from a cause stays what it was.
        if !spent.held.is_empty() {
            return None;
        }
        if spent.count >= allowance {
            return None;
        }
        spent.count += 1;
        Some(spent.count)
    }

    /// A message is on its way to be evaluated.
    pub(super) fn begin(&mut self, cause: &Cause) {
        self.spent(cause).in_flight += 1;
    }

    /// A message was evaluated, and what it asked for was drawn.
    pub(super) fn end(&mut self, cause: &Cause) {
        let Some(spent) = self.causes.get_mut(&cause.id) else {
            return;
        };
        spent.in_flight = spent.in_flight.saturating_sub(1);
        if spent.in_flight == 0 && spent.held.is_empty() {
            self.causes.remove(&cause.id);
        }
    }

    /// Keeps a message back; answers whether it is the first of its cause.
    pub(super) fn hold(&mut self, cause: &Cause, held: Held) -> bool {
        let spent = self.spent(cause);
        spent.held.push(held);
        spent.held.len() == 1
    }

    /// Lets a cause go on: its budget is new, and what was held back is handed out. Empty for a cause that
    /// does not wait.
    pub(super) fn resume(&mut self, cause: &str) -> Vec<Held> {
        let Some(spent) = self.causes.get_mut(cause) else {
            return Vec::new();
        };
        spent.count = 0;
        std::mem::take(&mut spent.held)
    }

    /// Takes one message out of what is held back, by its number, with its cause.
    pub(super) fn take(&mut self, number: u64) -> Option<(Cause, Held)> {
        self.causes.iter_mut().find_map(|(id, spent)| {
            let is_it = |held: &Held| held.key.sequence == number;
            let held = spent.held.remove(spent.held.iter().position(is_it)?);
            spent.count += 1;
            let (id, count) = (id.clone(), spent.count);
            Some((Cause { id, count }, held))
        })
    }

    /// Drops what is held back for a process; answers its keys.
    pub(super) fn forget(&mut self, process: Id) -> Vec<HeldKey> {
        let mut keys = Vec::new();
        for spent in self.causes.values_mut() {
            let dropped = spent.held.extract_if(.., |held| held.process == process);
            keys.extend(dropped.map(|held| held.key));
        }
        self.causes
            .retain(|_, spent| spent.in_flight > 0 || !spent.held.is_empty());
        keys
    }

    /// The causes that wait, and what is held back of each.
    pub(super) fn paused(&self) -> impl Iterator<Item = (&str, &[Held])> {
        let paused = self
            .causes
            .iter()
            .filter(|(_, spent)| !spent.held.is_empty());
        paused.map(|(cause, spent)| (cause.as_str(), spent.held.as_slice()))
    }

    /// What has followed from a cause. Of one that is met again, as after a reopening, its messages know.
    fn spent(&mut self, cause: &Cause) -> &mut Spent {
        let met = || Spent {
            count: cause.count,
            ..Spent::default()
        };
        self.causes.entry(cause.id.clone()).or_insert_with(met)
    }
}
