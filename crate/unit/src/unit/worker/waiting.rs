//! Who waits for an evaluation, and what they are told when it is durable.

use ao_data_item::Id;

use crate::Error;
use crate::log::read_outcomes;
use crate::machine::MachineHost;
use crate::message::Content;
use crate::outcome::Outcome;
use crate::platform::Platform;
use crate::schedule;
use crate::store::Store;
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
    DryRun(Content, Reply<Outcome>),
}

impl Waiting {
    pub(super) fn refuse(self, error: &Error) {
        match self.request {
            Request::Outcome(reply) | Request::DryRun(_, reply) => {
                answer(reply, Err(error.clone()));
            }
        }
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
            entry.is_some_and(|entry| entry.process.evaluated >= waiting.until)
        };
        let due: Vec<Waiting> = self.waiting.extract_if(.., is_due).collect();
        for waiting in due {
            let (process, until) = (waiting.process, waiting.until);
            match waiting.request {
                Request::Outcome(reply) => answer(reply, self.outcome(process, until - 1).await),
                Request::DryRun(content, reply) => {
                    let outcome = self.try_out(process, &content).await;
                    answer(reply, outcome);
                }
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

    async fn outcome(&self, process: Id, nonce: u64) -> Result<Outcome, Error> {
        let entry = self.processes.get(process);
        let recent = entry.and_then(|entry| entry.log.as_ref()?.recent_outcome(nonce));
        match recent {
            Some(outcome) => Ok(outcome),
            None => {
                let mut read = read_outcomes(&self.store, process, nonce, nonce + 1).await?;
                Ok(read.remove(0))
            }
        }
    }

    async fn try_out(&mut self, id: Id, content: &Content) -> Result<Outcome, Error> {
        let not_found = || Error::ProcessNotFound(id.to_string());
        let process = &self.processes.get(id).ok_or_else(not_found)?.process;
        let place = schedule::next_place(process, self.platform.now());
        let authorities = process.authorities(&self.address);
        let message = place.describe(id, content, &authorities, true);
        let evaluator = self
            .processes
            .evaluator(id, &self.store, &self.host, &self.address)
            .await?;
        Ok(evaluator.try_out(&self.host, &message)?)
    }
}
