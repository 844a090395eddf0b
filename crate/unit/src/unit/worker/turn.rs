//! The turns of processes: what is durable is evaluated, and what it asks for is assigned.

use ao_data_item::Id;

use crate::Error;
use crate::delivery::{Delivery, Origin, deliveries};
use crate::machine::MachineHost;
use crate::message::{Content, Message};
use crate::outcome::Effects;
use crate::platform::Platform;
use crate::process::Process;
use crate::store::Store;
use crate::unit::processes::Entry;

use super::Worker;

/// Evaluations stop for a commit after this many milliseconds …
const CYCLE_MILLISECONDS: u64 = 20;
/// … and a process's turn ends after so many messages, so that none starves the rest.
const MESSAGES_PER_TURN: usize = 16;

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    /// Gives each process with durable assignments its turn, until it is time to commit.
    pub(super) async fn evaluate(&mut self) -> Result<(), Error> {
        let end = self.platform.now() + CYCLE_MILLISECONDS;
        while let Some(id) = self.processes.next_ready() {
            match self.take_turn(id, end).await {
                Ok(true) => self.processes.set_ready(id),
                Ok(false) => {}
                Err(Error::Store(error)) => return Err(error.into()),
                Err(error) => self.put_aside(id, &error),
            }
            if self.platform.now() >= end {
                break;
            }
        }
        Ok(())
    }

    /// Evaluates a process's next assignments and assigns what they ask for, until its turn or the cycle
    /// ends; answers whether it has more.
    async fn take_turn(&mut self, id: Id, end: u64) -> Result<bool, Error> {
        for _ in 0..MESSAGES_PER_TURN {
            if !self.evaluate_next(id).await? {
                return Ok(false);
            }
            if self.platform.now() >= end {
                break;
            }
        }
        Ok(self.processes.get(id).is_some_and(Entry::has_next))
    }

    /// Evaluates a process's next assignment, if there is one, and assigns what it asks for.
    async fn evaluate_next(&mut self, id: Id) -> Result<bool, Error> {
        let Some(entry) = self.processes.get_mut(id) else {
            return Ok(false);
        };
        entry.log(&self.store).await?;
        let Some(assignment) = entry.next().cloned() else {
            return Ok(false);
        };
        let content = assignment.message.content()?;
        let authorities = entry.process.authorities(&self.address);
        let place = assignment.place;
        let message = place.describe(id, &content, &authorities, false);
        let evaluator = self
            .processes
            .evaluator(id, &self.store, &self.host, &self.address)
            .await?;
        let (outcome, effects) = evaluator.evaluate(&self.host, message)?;
        if let Some(entry) = self.processes.get_mut(id) {
            entry.conclude(&outcome);
        }
        let cause = first_cause(&assignment.message, &content);
        self.deliver(id, place.nonce, &cause, &effects).await?;
        Ok(true)
    }

    /// Assigns what an evaluation asks for to the local processes that it is for.
    async fn deliver(
        &mut self,
        process: Id,
        nonce: u64,
        first_cause: &str,
        effects: &Effects,
    ) -> Result<(), Error> {
        let Some(entry) = self.processes.get(process) else {
            return Ok(());
        };
        let module = entry.process.tag("Module").unwrap_or_default().to_owned();
        let unit = self.address.clone();
        let origin = Origin {
            unit: &unit,
            process,
            module: &module,
            nonce,
            first_cause,
        };
        let deliveries = deliveries(effects, &origin, |id| self.processes.contains(id));
        for delivery in deliveries {
            if let Delivery::Spawn(sent, _) = &delivery {
                // A module that is not known here is another unit's business: the outcome lists the spawn.
                match Process::new(Id(sent.id), sent.owner.clone(), sent.tags.clone()) {
                    Ok(process) => self.processes.add(process),
                    Err(_) => continue,
                }
            }
            for (target, message) in delivery.assignments() {
                let id = message.content()?.id;
                match self.assign(target, message, id).await {
                    // A log that cannot be read takes nothing in: the outcome lists what was sent to it.
                    Err(error @ Error::LogCorrupt { .. }) => self.put_aside(target, &error),
                    assigned => {
                        assigned?;
                    }
                }
            }
        }
        Ok(())
    }

    /// A process that cannot be evaluated now, for want of a machine or of a log that reads, keeps nobody
    /// else from being evaluated. It is tried again when it is asked for.
    fn put_aside(&mut self, id: Id, error: &Error) {
        if let Some(entry) = self.processes.get_mut(id) {
            entry.evaluator = None;
        }
        self.refuse_waiting(id, error);
    }
}

/// The message that a user signed and that another follows from. A user's own word for it is not taken.
fn first_cause(message: &Message, content: &Content) -> String {
    let pushed_for = match message {
        Message::Sent(_) => content.tag("Pushed-For"),
        Message::Item(_) => None,
    };
    pushed_for.map_or_else(|| content.id.to_string(), str::to_owned)
}
