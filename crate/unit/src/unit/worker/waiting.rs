//! Who waits for an evaluation, and what they are told when it is durable.

use ao_data_item::Id;

use crate::Error;
use crate::assignment::describe_trial;
use crate::export::Export;
use crate::history::Replayed;
use crate::log::read_outcomes;
use crate::machine::MachineHost;
use crate::message::Content;
use crate::outcome::Outcome;
use crate::platform::Platform;
use crate::store::Store;
use crate::unit::Checkpointed;
use crate::unit::desk::{Reply, answer};

use super::Worker;

/// Who waits until a process is evaluated up to, not including, `until`.
pub(super) struct Waiting {
    process: Id,
    until: u64,
    request: Request,
}

pub(super) enum Request {
    /// For the outcome of the last of these evaluations.
    Outcome(Reply<Outcome>),
    /// For what a message would come to after them.
    DryRun(Content<'static>, Reply<Outcome>),
    /// For what a message would have come to after this entry.
    DryRunAt(u64, Content<'static>, Reply<Outcome>),
    /// For the log to be evaluated again, and compared.
    Replay(Reply<Replayed>),
    /// For the process in one piece.
    Export(Reply<Export>),
    /// For a checkpoint.
    Checkpoint(Reply<Checkpointed>),
}

impl Request {
    fn is_for_outcome(&self) -> bool {
        matches!(self, Self::Outcome(_))
    }

    pub(super) fn refuse(self, error: Error) {
        match self {
            Self::Outcome(reply) | Self::DryRun(_, reply) | Self::DryRunAt(_, _, reply) => {
                answer(reply, Err(error));
            }
            Self::Replay(reply) => answer(reply, Err(error)),
            Self::Export(reply) => answer(reply, Err(error)),
            Self::Checkpoint(reply) => answer(reply, Err(error)),
        }
    }
}

impl Waiting {
    pub(super) fn is_for_outcome(&self) -> bool {
        self.request.is_for_outcome()
    }

    pub(super) fn refuse(self, error: &Error) {
        self.request.refuse(error.clone());
    }
}

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    pub(super) fn wait_for(&mut self, process: Id, until: u64, request: Request) {
        self.waiting.push(Waiting {
            process,
            until,
            request,
        });
        // It may have been put aside.
        self.processes.set_ready(process);
    }

    /// Answers those who waited for what is now evaluated and durable.
    pub(super) async fn answer_due(&mut self) {
        let is_due = |waiting: &mut Waiting| {
            let entry = self.processes.get(waiting.process);
            entry.is_some_and(|entry| {
                // An export has the whole log, which must be durable for that.
                let is_whole = || entry.fresh().is_empty();
                let is_export = matches!(waiting.request, Request::Export(_));
                // Whoever looks at more than an outcome sees nothing that is not durable.
                let is_seen = || waiting.request.is_for_outcome() || entry.is_settled();
                let is_durable = !entry.is_unwritten && (!is_export || is_whole());
                is_durable && entry.settled.evaluated >= waiting.until && is_seen()
            })
        };
        let due: Vec<Waiting> = self.waiting.extract_if(.., is_due).collect();
        for Waiting {
            process,
            until,
            request,
        } in due
        {
            match request {
                Request::Outcome(reply) => answer(reply, self.outcome(process, until - 1).await),
                Request::DryRun(content, reply) => {
                    let outcome = self.try_out(process, &content).await;
                    answer(reply, outcome);
                }
                Request::DryRunAt(index, content, reply) => {
                    let outcome = self.try_out_at(process, index, &content).await;
                    answer(reply, outcome);
                }
                Request::Replay(reply) => answer(reply, self.replay(process).await),
                Request::Export(reply) => answer(reply, self.export(process).await),
                Request::Checkpoint(reply) => self.checkpoint_now(process, reply).await,
            }
        }
    }

    /// Those who wait for a process that cannot be evaluated are told why.
    pub(super) fn refuse_waiting(&mut self, process: Id, error: &Error) {
        let concerned = |waiting: &mut Waiting| waiting.process == process;
        for waiting in self.waiting.extract_if(.., concerned) {
            waiting.refuse(error);
        }
    }

    /// The outcome of an entry that is evaluated.
    pub(super) async fn outcome(&self, process: Id, index: u64) -> Result<Outcome, Error> {
        let entry = self.processes.get(process);
        let recent = entry.and_then(|entry| entry.log.as_ref()?.recent_outcome(index));
        match recent {
            Some(outcome) => Ok(outcome),
            None => {
                let mut read = read_outcomes(&*self.store, process, index, index + 1).await?;
                Ok(read.remove(0))
            }
        }
    }

    /// What a message would come to now.
    async fn try_out(&mut self, id: Id, content: &Content<'_>) -> Result<Outcome, Error> {
        self.ensure_machine(id).await?;
        let (host, entry) = (&self.host, self.processes.entry(id)?);
        let message = describe_trial(&entry.process, content);
        let evaluator = entry.evaluator.as_mut().ok_or(Error::Closed)?;
        evaluator.turn_to(&entry.process, entry.process.evaluated);
        Ok(evaluator.try_out(host, &message, &mut self.scratch)?)
    }
}
