//! Requests as they come: what is to be logged goes into its log, what must wait is put down as waiting.

use ao_data_item::Id;

use crate::Error;
use crate::machine::MachineHost;
use crate::message::Message;
use crate::platform::Platform;
use crate::process::Process;
use crate::store::Store;
use crate::unit::Accepted;
use crate::unit::desk::{Job, Reply, answer};

use super::Worker;
use super::waiting::Request;

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    pub(super) async fn take(&mut self, job: Job) {
        if let Err(error) = self.refresh().await {
            return job.refuse(error);
        }
        match job {
            Job::Spawn {
                process,
                item,
                reply,
            } => {
                let id = item.id();
                if !self.processes.contains(id) {
                    self.processes.add(process);
                }
                self.admit(id, Message::Item(item.into_bytes()), id, reply)
                    .await;
            }
            Job::Message {
                process,
                item,
                reply,
            } => {
                let id = item.id();
                self.admit(process, Message::Item(item.into_bytes()), id, reply)
                    .await;
            }
            Job::Result {
                process,
                message,
                reply,
            } => match self.nonce_of(&process, &message).await {
                Ok((process, nonce)) => {
                    self.wait_for(process, nonce + 1, Request::Outcome(reply));
                }
                Err(error) => answer(reply, Err(error)),
            },
            Job::DryRun {
                process,
                content,
                reply,
            } => match self.processes.find(&process) {
                Ok(process) => {
                    let entry = self.processes.get(process);
                    let length = entry.map_or(0, |entry| entry.process.length);
                    self.wait_for(process, length, Request::DryRun(content, reply));
                }
                Err(error) => answer(reply, Err(error)),
            },
            Job::Processes { reply } => {
                let summaries = self.processes.iter().map(Process::summary);
                answer(reply, Ok(summaries.collect()));
            }
        }
    }

    /// Puts a message in a process's log, unless it is there; answers its nonce.
    pub(super) async fn assign(
        &mut self,
        process: Id,
        message: Message,
        id: Id,
    ) -> Result<u64, Error> {
        let not_found = || Error::ProcessNotFound(process.to_string());
        let entry = self.processes.get_mut(process).ok_or_else(not_found)?;
        if let Some(nonce) = entry.log(&self.store).await?.nonce_of(id) {
            return Ok(nonce);
        }
        Ok(entry.assign(message, id, self.platform.now()))
    }

    async fn admit(&mut self, process: Id, message: Message, id: Id, reply: Reply<Accepted>) {
        match self.assign(process, message, id).await {
            Ok(nonce) => self.accepted.push((reply, Accepted { id, process, nonce })),
            Err(error) => answer(reply, Err(error)),
        }
    }

    async fn nonce_of(&mut self, process: &str, message: &str) -> Result<(Id, u64), Error> {
        let id = self.processes.find(process)?;
        let not_found = || Error::MessageNotFound {
            process: process.to_owned(),
            message: message.to_owned(),
        };
        let message = message.parse().map_err(|_| not_found())?;
        let entry = self.processes.get_mut(id).ok_or_else(not_found)?;
        let log = entry.log(&self.store).await?;
        Ok((id, log.nonce_of(message).ok_or_else(not_found)?))
    }
}
