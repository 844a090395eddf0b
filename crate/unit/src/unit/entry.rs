//! One process of the unit, as the working task holds it: its record, its log and its machine.

use std::collections::VecDeque;

use ao_data_item::Id;

use crate::Error;
use crate::assignment::Assignment;
use crate::cron::Cron;
use crate::evaluation::Evaluator;
use crate::log::{EntryKeys, Log, read_assignments};
use crate::machine::MachineHost;
use crate::outbound::Outbound;
use crate::outcome::Outcome;
use crate::process::{Process, ProcessSummary};
use crate::store::{Batch, Store};

use super::keeper::Keeper;

/// A process. Its log and its machine are there once they were needed.
pub(super) struct Entry<H: MachineHost> {
    /// As it will be when the batch that is being made is durable.
    pub(super) process: Process,
    pub(super) log: Option<Log>,
    pub(super) evaluator: Option<Evaluator<H>>,
    pub(super) keeper: Keeper,
    pub(super) cron: Cron,
    /// Durable and not yet evaluated.
    pub(super) queue: VecDeque<Assignment>,
    /// Assigned and not yet durable.
    fresh: Vec<Assignment>,
    /// How many of these are in the batch that is being written, and how the process stands by it.
    sealed: (usize, Standing),
    /// How it stands durably.
    pub(super) settled: Standing,
    has_changed: bool,
    /// Whether it is made in this cycle: nothing of it is in the store yet.
    pub(super) is_unwritten: bool,
    /// Whether it could not go on, and nobody has asked for it since.
    pub(super) is_aside: bool,
}

/// How far a process has come: what [`ProcessSummary`] has of it.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    length: u64,
    pub(super) evaluated: u64,
    next_nonce: u64,
    outbound: u64,
}

impl<H: MachineHost> Entry<H> {
    pub(super) fn of(process: Process, seed: u64) -> Self {
        let settled = Standing::of(&process);
        Self {
            keeper: Keeper::new(seed),
            // What does not parse was refused when the process was made.
            cron: Cron::parse(&process.tags).unwrap_or_default(),
            process,
            log: None,
            evaluator: None,
            queue: VecDeque::new(),
            fresh: Vec::new(),
            sealed: (0, settled),
            settled,
            has_changed: false,
            is_unwritten: false,
            is_aside: false,
        }
    }

    pub(super) fn id(&self) -> Id {
        self.process.id()
    }

    /// A process whose log is empty.
    pub(super) fn empty(process: Process, seed: u64) -> Self {
        let log = Log::empty(process.id());
        Self {
            log: Some(log),
            has_changed: true,
            is_unwritten: true,
            ..Self::of(process, seed)
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
                Log::load(store, process).await?
            }
        };
        Ok(self.log.insert(log))
    }

    /// Puts what `schedule` makes of the process in the log, whose end must be loaded.
    pub(super) fn append(
        &mut self,
        keys: &EntryKeys,
        schedule: impl FnOnce(&mut Process) -> Assignment,
    ) -> &Assignment {
        let assignment = schedule(&mut self.process);
        if let Some(log) = &mut self.log {
            log.append_assignment(&assignment, keys);
        }
        self.has_changed = true;
        self.fresh.push(assignment);
        &self.fresh[self.fresh.len() - 1]
    }

    pub(super) fn has_next(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Puts the outcome of the next assignment in the log; answers the assignment.
    pub(super) fn conclude(&mut self, outcome: &Outcome) -> Option<Assignment> {
        let concluded = self.queue.pop_front()?;
        self.process.evaluated += 1;
        if let Some(log) = &mut self.log {
            log.append_outcome(outcome);
        }
        self.has_changed = true;
        Some(concluded)
    }

    /// Lists something that was sent to nobody here.
    pub(super) fn send_away(&mut self, outbound: &Outbound) {
        if let Some(log) = &mut self.log {
            log.append_outbound(outbound);
            self.process.outbound += 1;
            self.has_changed = true;
        }
    }

    /// How many entries of its log are durable.
    pub(super) fn durable(&self) -> u64 {
        self.process.length - self.fresh.len() as u64
    }

    /// The entries that are not durable yet; the first of them is entry [`durable`](Self::durable).
    pub(super) fn fresh(&self) -> &[Assignment] {
        &self.fresh
    }

    /// An entry that is not durable yet.
    pub(super) fn fresh_entry(&self, index: u64) -> Option<&Assignment> {
        let place = index.checked_sub(self.durable())?;
        self.fresh.get(usize::try_from(place).ok()?)
    }

    /// Says that the record is to be written with the next batch.
    pub(super) fn touch(&mut self) {
        self.has_changed = true;
    }

    /// What must be written for the process, if it changed. What changes from here on is for the next batch.
    pub(super) fn write_to(&mut self, batch: &mut Batch) {
        self.seal();
        if std::mem::take(&mut self.has_changed) {
            batch
                .processes
                .push((self.process.id(), self.process.to_record()));
            if let Some(log) = &mut self.log {
                log.write_to(batch);
            }
        }
    }

    /// What is assigned and evaluated by now is what the next [`committed`](Self::committed) speaks of.
    pub(super) fn seal(&mut self) {
        self.sealed = (self.fresh.len(), Standing::of(&self.process));
    }

    /// What the last batch had of it is durable now: what was assigned can be evaluated. Answers whether there is
    /// anything.
    pub(super) fn committed(&mut self) -> bool {
        let (n_assigned, standing) = self.sealed;
        self.is_unwritten = false;
        self.settled = standing;
        self.queue.extend(self.fresh.drain(..n_assigned));
        n_assigned > 0
    }

    /// Whether all that is evaluated of it is durable.
    pub(super) fn is_settled(&self) -> bool {
        self.settled.evaluated == self.process.evaluated
    }

    /// What a list of processes shows of it: nothing that is not durable.
    pub(super) fn summary(&self) -> Option<ProcessSummary> {
        let Standing {
            length,
            evaluated,
            next_nonce,
            outbound,
        } = self.settled;
        let summary = ProcessSummary {
            length,
            evaluated,
            next_nonce,
            outbound,
            ..self.process.summary()
        };
        (!self.is_unwritten).then_some(summary)
    }
}

impl Standing {
    fn of(process: &Process) -> Self {
        Self {
            length: process.length,
            evaluated: process.evaluated,
            next_nonce: process.next_nonce,
            outbound: process.outbound,
        }
    }
}
