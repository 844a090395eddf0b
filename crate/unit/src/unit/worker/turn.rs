//! The turns of processes: what is durable is evaluated, and what it asks for is done.

use ao_data_item::Id;

use crate::Error;
use crate::events::Event;
use crate::machine::MachineHost;
use crate::platform::Platform;
use crate::store::Store;
use crate::unit::entry::Entry;
use crate::unit::opening::{self, Evaluated};

use super::Worker;
use super::committing::Ahead;

/// Evaluations stop for a commit after this many milliseconds …
const CYCLE_MILLISECONDS: u64 = 50;
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
            if self.platform.now() >= end || self.is_crowded() {
                break;
            }
        }
        Ok(())
    }

    /// Gives one process its turn while a batch is written; answers whether there may be another.
    pub(super) async fn take_turn_ahead(&mut self) -> Result<bool, Error> {
        let Some(id) = self.processes.next_ready() else {
            return Ok(false);
        };
        self.ahead = Ahead::Yes;
        match self.take_turn(id, u64::MAX).await {
            Ok(has_more) => {
                if has_more {
                    self.processes.set_ready(id);
                }
                Ok(self.resting.is_empty())
            }
            Err(Error::Store(error)) => Err(error.into()),
            Err(error) => {
                self.put_aside(id, &error);
                Ok(false)
            }
        }
    }

    /// Evaluates a process's next assignments and does what they ask for, until its turn or the cycle
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

    /// Evaluates a process's next assignment, if there is one, and does what it asks for.
    async fn evaluate_next(&mut self, id: Id) -> Result<bool, Error> {
        self.load(id).await?;
        if !self.processes.entry(id)?.has_next() {
            return Ok(false);
        }
        self.ensure_machine(id).await?;
        let entry = self.processes.entry(id)?;
        let (Some(evaluator), Some(assignment)) = (&mut entry.evaluator, entry.queue.front())
        else {
            return Ok(false);
        };
        let (process, index) = (&entry.process, entry.process.evaluated);
        let evaluated = opening::evaluate(
            evaluator,
            &self.host,
            &*self.store,
            process,
            index,
            assignment,
        )
        .await;
        let Evaluated {
            message,
            outcome,
            effects,
        } = evaluated?;
        let bytes = evaluator.memory();
        let Some(assignment) = entry.conclude(&outcome) else {
            return Ok(false);
        };
        let (now, size) = (self.platform.now(), assignment.message.size());
        self.note_machine(id, bytes);
        self.note_evaluation(id, 1, size, now);
        let place = &assignment.place;
        let cause = assignment.message.cause(message, id, place.timestamp);
        let is_cron = assignment.is_cron();
        self.happened(|| Event::Evaluated {
            process: id,
            message,
            nonce: place.nonce,
            cron: is_cron,
            failed: outcome.failed,
            gas: outcome.gas_used(),
        });
        if assignment.message.is_delivered() {
            self.post(id, index, place.nonce, &cause, &effects).await?;
        }
        self.budget.end(&cause);
        Ok(true)
    }

    /// A process that cannot be evaluated now, for want of a machine or of a log that reads, keeps nobody
    /// else from being evaluated. It is tried again when it is asked for.
    pub(super) fn put_aside(&mut self, id: Id, error: &Error) {
        if let Some(entry) = self.processes.get_mut(id) {
            entry.evaluator = None;
            entry.is_aside = true;
            if !entry.is_settled() {
                self.ahead = Ahead::Torn;
            }
            self.processes.forget_machine(id);
        }
        self.happened(|| Event::error(Some(id), error));
        self.refuse_waiting(id, error);
    }
}
