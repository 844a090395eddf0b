//! The processes of a unit, as the working task holds them.

use std::collections::{BTreeMap, VecDeque};

use ao_data_item::Id;

use crate::Error;
use crate::assignment::Assignment;
use crate::evaluation::Evaluator;
use crate::log::{Log, read_assignments, read_outcomes};
use crate::machine::{Limits, MachineHost};
use crate::message::Message;
use crate::outcome::Outcome;
use crate::process::Process;
use crate::schedule;
use crate::store::{Batch, Store, StoreError};

/// So many machines are live at most. Each reserves address space for all the memory that it may use, and
/// browsers give a page room for about twice as many.
const MAX_LIVE: usize = 48;

/// All processes, and whose turn it is.
pub(super) struct Processes<H: MachineHost> {
    entries: BTreeMap<Id, Entry<H>>,
    /// Processes with something to evaluate, in the order of their turns.
    ready: VecDeque<Id>,
    /// Processes whose machines are live, the one that was used last at the end.
    live: VecDeque<Id>,
}

/// A process. Its log and its machine are there once they were needed.
pub(super) struct Entry<H: MachineHost> {
    /// As it will be when the batch that is being made is durable.
    pub(super) process: Process,
    pub(super) log: Option<Log>,
    pub(super) evaluator: Option<Evaluator<H>>,
    /// Durable and not yet evaluated.
    queue: VecDeque<Assignment>,
    /// Assigned since the last commit.
    fresh: Vec<Assignment>,
    has_changed: bool,
}

impl<H: MachineHost> Processes<H> {
    /// The processes that a store holds.
    pub(super) async fn load(store: &impl Store) -> Result<Self, Error> {
        let mut processes = Self {
            entries: BTreeMap::new(),
            ready: VecDeque::new(),
            live: VecDeque::new(),
        };
        for record in store.processes().await? {
            let process: Process = postcard::from_bytes(&record).map_err(|error| {
                StoreError::Failed(format!("a process's record cannot be read: {error}"))
            })?;
            if process.evaluated < process.length {
                processes.ready.push_back(process.id());
            }
            processes.entries.insert(process.id(), Entry::of(process));
        }
        Ok(processes)
    }

    pub(super) fn contains(&self, id: Id) -> bool {
        self.entries.contains_key(&id)
    }

    /// The process whose id this text is.
    pub(super) fn find(&self, id: &str) -> Result<Id, Error> {
        let known = id.parse().ok().filter(|id| self.contains(*id));
        known.ok_or_else(|| Error::ProcessNotFound(id.to_owned()))
    }

    pub(super) fn get(&self, id: Id) -> Option<&Entry<H>> {
        self.entries.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: Id) -> Option<&mut Entry<H>> {
        self.entries.get_mut(&id)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Process> {
        self.entries.values().map(|entry| &entry.process)
    }

    /// Adds a process whose log is empty.
    pub(super) fn add(&mut self, process: Process) {
        let id = process.id();
        let mut entry = Entry::of(process);
        entry.log = Some(Log::empty(id));
        self.entries.insert(id, entry);
    }

    /// The process whose turn it is; it is asked again when it still has something to evaluate.
    pub(super) fn next_ready(&mut self) -> Option<Id> {
        self.ready.pop_front()
    }

    pub(super) fn set_ready(&mut self, id: Id) {
        if !self.ready.contains(&id) {
            self.ready.push_back(id);
        }
    }

    pub(super) fn anything_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    /// A process's evaluator; the one that was longest unused is put to rest for it if need be.
    pub(super) async fn evaluator(
        &mut self,
        id: Id,
        store: &impl Store,
        host: &H,
        unit: &str,
    ) -> Result<&mut Evaluator<H>, Error> {
        self.live.retain(|live| *live != id);
        self.live.push_back(id);
        if self.live.len() > MAX_LIVE {
            let longest_unused = self.live.pop_front();
            if let Some(entry) = longest_unused.and_then(|id| self.entries.get_mut(&id))
                && let Some(evaluator) = &mut entry.evaluator
            {
                evaluator.rest();
            }
        }
        let not_found = || Error::ProcessNotFound(id.to_string());
        let entry = self.entries.get_mut(&id).ok_or_else(not_found)?;
        entry.evaluator(store, host, unit).await
    }

    /// What must be written for the processes that changed.
    pub(super) fn write_to(&mut self, batch: &mut Batch) {
        for (id, entry) in &mut self.entries {
            if std::mem::take(&mut entry.has_changed) {
                // Postcard writes to memory: it fails for no type that the record has.
                let record = postcard::to_stdvec(&entry.process).unwrap_or_default();
                batch.processes.push((*id, record));
                if let Some(log) = &mut entry.log {
                    log.write_to(batch);
                }
            }
        }
    }

    /// What was assigned is durable now, and can be evaluated.
    pub(super) fn committed(&mut self) {
        for (id, entry) in &mut self.entries {
            let has_more = !entry.fresh.is_empty();
            entry.queue.extend(entry.fresh.drain(..));
            if has_more && !self.ready.contains(id) {
                self.ready.push_back(*id);
            }
        }
    }
}

impl<H: MachineHost> Entry<H> {
    fn of(process: Process) -> Self {
        Self {
            process,
            log: None,
            evaluator: None,
            queue: VecDeque::new(),
            fresh: Vec::new(),
            has_changed: false,
        }
    }

    /// Its log, read if it was not.
    pub(super) async fn log(&mut self, store: &impl Store) -> Result<&mut Log, Error> {
        let process = &self.process;
        let log = match self.log.take() {
            Some(log) => log,
            None => {
                let (id, length, evaluated) = (process.id(), process.length, process.evaluated);
                let waiting = read_assignments(store, id, evaluated, length).await?;
                self.queue = waiting.into();
                Log::load(store, id, length, evaluated).await?
            }
        };
        Ok(self.log.insert(log))
    }

    /// Its evaluator, brought to where the log is evaluated to if it was at rest.
    async fn evaluator(
        &mut self,
        store: &impl Store,
        host: &H,
        unit: &str,
    ) -> Result<&mut Evaluator<H>, Error> {
        let evaluator = match self.evaluator.take() {
            Some(evaluator) => evaluator,
            None => self.replay(store, host, unit).await?,
        };
        Ok(self.evaluator.insert(evaluator))
    }

    /// A machine that has evaluated the log again. What failed then left nothing behind: it is passed over.
    async fn replay(
        &self,
        store: &impl Store,
        host: &H,
        unit: &str,
    ) -> Result<Evaluator<H>, Error> {
        let process = &self.process;
        let environment = process.environment(unit);
        let authorities = process.authorities(unit);
        let mut evaluator = Evaluator::new(environment, Limits::default());
        let (id, evaluated) = (process.id(), process.evaluated);
        let assignments = read_assignments(store, id, 0, evaluated).await?;
        let outcomes = read_outcomes(store, id, 0, evaluated).await?;
        for (assignment, outcome) in assignments.iter().zip(outcomes) {
            if !outcome.failed {
                let content = assignment.message.content()?;
                let message = assignment.place.describe(id, &content, &authorities, false);
                evaluator.evaluate(host, message)?;
            }
        }
        Ok(evaluator)
    }

    /// Puts a message in the log, whose end must be loaded; answers its nonce.
    pub(super) fn assign(&mut self, message: Message, id: Id, now: u64) -> u64 {
        let assignment = schedule::assign(&mut self.process, message, id.0, now);
        let nonce = assignment.place.nonce;
        if let Some(log) = &mut self.log {
            log.append_assignment(&assignment, id);
        }
        self.fresh.push(assignment);
        self.has_changed = true;
        nonce
    }

    /// The next assignment to evaluate; it stays the next until it is concluded.
    pub(super) fn next(&self) -> Option<&Assignment> {
        self.queue.front()
    }

    pub(super) fn has_next(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Puts the outcome of the next assignment in the log.
    pub(super) fn conclude(&mut self, outcome: &Outcome) {
        self.queue.pop_front();
        self.process.evaluated += 1;
        if let Some(log) = &mut self.log {
            log.append_outcome(outcome);
        }
        self.has_changed = true;
    }
}
