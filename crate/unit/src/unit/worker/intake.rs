//! Requests as they come: what changes something is done, to be durable with the next commit; what asks
//! for something is put down as waiting.

use ao_data_item::{DataItem, Id};

use crate::Error;
use crate::events::Event;
use crate::log::EntryKeys;
use crate::machine::MachineHost;
use crate::message::Message;
use crate::platform::Platform;
use crate::process::Process;
use crate::store::Store;
use crate::unit::desk::{Job, Read, Reply, Write, answer};
use crate::unit::entry::Entry;
use crate::unit::{Accepted, Answer};

use super::Worker;
use super::waiting::Request;

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    pub(super) async fn take(&mut self, job: Job) {
        if !job.takes_its_turn() {
            self.settle().await;
        }
        match job {
            Job::Subscribe(listener) => self.listeners.push(listener),
            Job::Write(write) => match self.refresh().await {
                Ok(()) => self.take_write(*write).await,
                Err(error) => write.refuse(error),
            },
            Job::Read(read) => match self.refresh().await {
                Ok(()) => self.take_read(*read).await,
                Err(error) => read.refuse(error),
            },
        }
    }

    async fn take_write(&mut self, write: Write) {
        match write {
            Write::Spawn {
                process,
                item,
                reply,
            } => {
                let accepted = self.take_spawn(*process, item).await;
                self.conclude(reply, accepted);
            }
            Write::Message {
                process,
                item,
                reply,
            } => {
                let accepted = self.take_message(process, item).await;
                self.conclude(reply, accepted);
            }
            Write::Assign {
                process,
                message,
                exclude,
                reply,
            } => {
                let accepted = self.assign_by_id(&process, &message, exclude).await;
                self.conclude(reply, accepted);
            }
            Write::Impersonate { sent, reply } => {
                let accepted = self.impersonate(*sent).await;
                self.conclude(reply, accepted);
            }
            Write::Register {
                module,
                name,
                reply,
            } => {
                let registered = self.modules.register(&module, &name);
                if registered.is_ok() {
                    self.batch.modules = Some(self.modules.to_record());
                }
                self.conclude(reply, registered);
            }
            Write::Hold { on, reply } => {
                let released = self.hold_deliveries(on).await;
                self.conclude(reply, released);
            }
            Write::Release { number, reply } => {
                let released = self.release(number).await;
                self.conclude(reply, released);
            }
            Write::Monitor { process, on, reply } => {
                let done = self.monitor(&process, on).await;
                self.conclude(reply, done);
            }
            Write::Advance {
                milliseconds,
                reply,
            } => {
                self.batch.ahead = Some(self.platform.advance(milliseconds));
                let now = self.clock();
                self.conclude(reply, Ok(now));
            }
            Write::Remove { process, reply } => {
                let removed = self.remove(&process);
                self.conclude(reply, removed);
            }
            Write::Resume { cause, reply } => {
                let resumed = self.resume(&cause).await;
                self.conclude(reply, resumed);
            }
            Write::Checkpoint { process, reply } => {
                self.wait_for_all(&process, Request::Checkpoint(reply));
            }
            Write::Fork {
                process,
                nonce,
                reply,
            } => {
                let forked = self.fork(&process, nonce).await;
                self.conclude(reply, forked);
            }
            Write::Import {
                export,
                trusts_checkpoint,
                reply,
            } => {
                let imported = self.import(*export, trusts_checkpoint);
                self.conclude(reply, imported);
            }
        }
    }

    async fn take_spawn(&mut self, process: Process, item: DataItem) -> Result<Accepted, Error> {
        let (id, target) = (process.id(), item.target());
        let keys = EntryKeys::of_item(&process, &item);
        if !self.processes.contains(id) {
            self.make(process);
        }
        let message = Message::Item(item.into_bytes());
        let accepted = self.accept(id, message.clone(), keys).await;
        if let Some(target) = target.filter(|target| self.processes.contains(*target)) {
            // A process that is addressed to another is assigned to it.
            let assigned = self.assign_to(target, message, id, Vec::new()).await;
            if let Err(error) = assigned {
                self.happened(|| Event::error(Some(target), &error));
            }
        }
        accepted
    }

    async fn take_message(&mut self, process: Id, item: DataItem) -> Result<Accepted, Error> {
        let entry = self.processes.entry(process)?;
        let keys = EntryKeys::of_item(&entry.process, &item);
        let message = Message::Item(item.into_bytes());
        self.accept(process, message, keys).await
    }

    async fn take_read(&mut self, read: Read) {
        match read {
            Read::Result {
                process,
                message,
                reply,
            } => {
                let entry = self.index_of(&process, &message).await;
                self.wait_behind(entry, |_| Request::Outcome(reply));
            }
            Read::OutcomeAt {
                process,
                nonce,
                reply,
            } => {
                let entry = self.index_at(&process, nonce).await;
                self.wait_behind(entry, |_| Request::Outcome(reply));
            }
            Read::DryRun {
                process,
                at: Some(nonce),
                content,
                reply,
            } => {
                let entry = self.index_at(&process, nonce).await;
                self.wait_behind(entry, |index| Request::DryRunAt(index, content, reply));
            }
            Read::DryRun {
                process,
                at: None,
                content,
                reply,
            } => self.wait_for_all(&process, Request::DryRun(content, reply)),
            Read::Replay { process, reply } => {
                self.wait_for_all(&process, Request::Replay(reply));
            }
            Read::Export { process, reply } => {
                self.wait_for_all(&process, Request::Export(reply));
            }
            read => self.reads.push(read),
        }
    }

    /// Waits for the evaluation of an entry, if it was found.
    fn wait_behind(
        &mut self,
        entry: Result<(Id, u64), Error>,
        request: impl FnOnce(u64) -> Request,
    ) {
        match entry {
            Ok((process, index)) => self.wait_for(process, index + 1, request(index)),
            // No entry has that index: only the reply in the request matters.
            Err(error) => request(u64::MAX).refuse(error),
        }
    }

    /// Waits until all of a process's log is evaluated, if there is such a process.
    fn wait_for_all(&mut self, process: &str, request: Request) {
        match self.processes.find(process) {
            Ok(process) => {
                let entry = self.processes.get(process);
                let length = entry.map_or(0, |entry| entry.process.length);
                self.wait_for(process, length, request);
            }
            Err(error) => request.refuse(error),
        }
    }

    /// A process that is new. Intervals of its cron that cannot be read are told of: they never come.
    pub(super) fn make(&mut self, process: Process) {
        let id = process.id();
        let entry = Entry::empty(process, self.seed);
        for interval in entry.cron.silent() {
            let interval = interval.to_owned();
            self.happened(|| Event::CronSilent {
                process: id,
                interval,
            });
        }
        self.processes.add(entry);
    }

    /// A user's message goes into a process's log, unless it is there.
    async fn accept(
        &mut self,
        process: Id,
        message: Message,
        keys: EntryKeys,
    ) -> Result<Accepted, Error> {
        let id = keys.id;
        let nonce = self.admit(process, message, keys).await?.nonce();
        Ok(Accepted { id, process, nonce })
    }

    /// A message that is in this unit is assigned to a process that it is not for.
    async fn assign_by_id(
        &mut self,
        process: &str,
        message: &str,
        exclude: Vec<String>,
    ) -> Result<Accepted, Error> {
        let process = self.processes.find(process)?;
        let (id, found) = self.find_message(message).await?;
        let nonce = self.assign_to(process, found, id, exclude).await?;
        Ok(Accepted { id, process, nonce })
    }

    pub(super) async fn assign_to(
        &mut self,
        process: Id,
        message: Message,
        id: Id,
        exclude: Vec<String>,
    ) -> Result<u64, Error> {
        let mut message = message.assigned(exclude)?;
        if let Some(sent) = message.sent_mut() {
            let home = &self.processes.entry(process)?.process.home;
            sent.owner.clone_from(home);
        }
        let keys = EntryKeys { id, content: None };
        Ok(self.admit(process, message, keys).await?.nonce())
    }

    /// Answers with the next commit what could be done, and at once what could not.
    fn conclude<T: 'static>(&mut self, reply: Reply<T>, done: Result<T, Error>) {
        match done {
            Ok(value) => self.answers.push(Answer::new(reply, value)),
            Err(error) => answer(reply, Err(error)),
        }
    }
}
