//! The messenger's round: what an evaluation asks for is put into the logs of the processes that it is
//! for, or listed as leaving the unit.

use ao_data_item::Id;

use crate::Error;
use crate::delivery::{Delivery, Origin, Task, deliveries};
use crate::events::Event;
use crate::history::PausedCause;
use crate::log::EntryKeys;
use crate::machine::MachineHost;
use crate::message::{Cause, Message, Sent};
use crate::outbound::Outbound;
use crate::outcome::Effects;
use crate::platform::Platform;
use crate::process::Process;
use crate::store::{Held as HeldRecord, HeldKey, Store};
use crate::unit::budget::Held;

use super::Worker;
use super::admission::Admitted;

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    /// Does what entry `index` of a process's log asks for.
    pub(super) async fn post(
        &mut self,
        process: Id,
        index: u64,
        nonce: u64,
        cause: &Cause,
        effects: &Effects,
    ) -> Result<(), Error> {
        if effects.is_empty() {
            return Ok(());
        }
        let deliveries = {
            let entry = self.processes.entry(process)?;
            let origin = Origin {
                process: &entry.process,
                index,
                cause,
                unit: &self.address,
            };
            deliveries(effects, &origin)
        };
        for Delivery {
            kind,
            position,
            target,
            task,
        } in deliveries
        {
            let Err(error) = self.carry_out(process, &target, task, cause).await else {
                continue;
            };
            if let Error::Store(error) = error {
                return Err(error.into());
            }
            let outbound = Outbound {
                index,
                nonce,
                kind,
                position,
                target,
                reason: error.to_string(),
            };
            self.processes.entry(process)?.send_away(&outbound);
            self.happened(|| Event::Outbound {
                process,
                nonce,
                target: outbound.target,
                reason: outbound.reason,
            });
        }
        Ok(())
    }

    /// Does one thing that a process asks for.
    async fn carry_out(
        &mut self,
        from: Id,
        target: &str,
        task: Task,
        cause: &Cause,
    ) -> Result<(), Error> {
        match task {
            Task::Send(sent) => {
                let to = self.processes.find(target)?;
                self.deliver(from, to, Message::Sent(sent), cause).await
            }
            Task::Share(sent) => {
                let to = self.processes.find(target)?;
                let message = Message::Sent(sent).assigned(Vec::new())?;
                self.deliver(from, to, message, cause).await
            }
            Task::Spawn(sent, notice) => {
                let id = self.spawned(&sent)?.id();
                self.deliver(from, id, Message::Sent(*sent), cause).await?;
                self.deliver(from, from, Message::Sent(*notice), cause)
                    .await
            }
            Task::Assign { message, exclude } => {
                let to = self.processes.find(target)?;
                let (_, found) = self.find_message(&message).await?;
                let message = found.assigned(exclude)?;
                self.deliver(from, to, message, cause).await
            }
        }
    }

    /// The process that a message makes.
    pub(super) fn spawned(&self, sent: &Sent) -> Result<Process, Error> {
        let (owner, tags) = (sent.owner.clone(), sent.tags.clone());
        let (home, limits) = (self.address.clone(), &self.settings.limits);
        Process::new(Id(sent.id), owner, tags, home, limits, &self.modules)
    }

    /// Puts a message that a process sent into another's log, unless so much has followed from its cause
    /// that it has to wait.
    async fn deliver(
        &mut self,
        from: Id,
        to: Id,
        mut message: Message,
        cause: &Cause,
    ) -> Result<(), Error> {
        if self.is_holding {
            self.hold(from, to, message, cause);
            return Ok(());
        }
        let drawn = self.budget.draw(cause);
        if let Some(sent) = message.sent_mut() {
            let count = drawn.unwrap_or(self.settings.budget);
            let id = cause.id.clone();
            sent.cause = Cause { id, count };
        }
        if drawn.is_none() {
            self.hold(from, to, message, cause);
            return Ok(());
        }
        self.hand_over(from, to, message).await
    }

    /// Puts a message that a process sent into another's log; a process that is made by it is made now.
    pub(super) async fn hand_over(
        &mut self,
        from: Id,
        to: Id,
        mut message: Message,
    ) -> Result<(), Error> {
        if let Message::Sent(sent) = &message
            && Id(sent.id) == to
            && !self.processes.contains(to)
        {
            let process = self.spawned(sent)?;
            self.make(process);
        }
        let home = self.processes.entry(to)?.process.home.clone();
        if let Some(sent) = message.sent_mut() {
            sent.owner = home;
        }
        let id = message.content()?.id;
        let keys = EntryKeys { id, content: None };
        match self.admit(to, message, keys).await {
            Ok(Admitted::New(_)) => self.happened(|| Event::Delivered {
                from,
                process: to,
                message: id,
            }),
            Ok(Admitted::Known(_)) => {}
            // A log that cannot be read takes nothing in: what was sent to it is listed.
            Err(error) => {
                if !matches!(error, Error::Store(_)) {
                    self.put_aside(to, &error);
                }
                return Err(error);
            }
        }
        Ok(())
    }

    /// Keeps a message back, durably, until its cause is resumed.
    pub(super) fn hold(&mut self, from: Id, process: Id, message: Message, cause: &Cause) {
        let key = HeldKey {
            origin: Id::of(cause.id.as_bytes()).0,
            sequence: self.next_held,
        };
        self.next_held += 1;
        // Postcard writes to memory: it fails for no type that this record has.
        let record = (&cause.id, from.0, process.0, &message);
        let bytes = postcard::to_stdvec(&record).unwrap_or_default();
        self.batch.held.push(HeldRecord { key, bytes });
        let held = Held {
            key,
            from,
            process,
            message,
        };
        if self.budget.hold(cause, held) && !self.is_holding {
            let allowance = self.settings.budget;
            self.happened(|| Event::Paused {
                cause: cause.id.clone(),
                allowance,
            });
        }
    }

    /// Lets a paused cause go on; answers how many messages had waited.
    pub(super) async fn resume(&mut self, cause: &str) -> Result<u64, Error> {
        let held = self.budget.resume(cause);
        if held.is_empty() {
            return Err(Error::NotPaused(cause.to_owned()));
        }
        let count = held.len() as u64;
        let cause = Cause {
            id: cause.to_owned(),
            count: 0,
        };
        self.batch.released.extend(held.iter().map(|held| held.key));
        self.happened(|| Event::Resumed {
            cause: cause.id.clone(),
        });
        for Held {
            from,
            process,
            message,
            ..
        } in held
        {
            let delivered = self.deliver(from, process, message.clone(), &cause).await;
            match delivered {
                Ok(()) => {}
                // What is half resumed is forgotten: it all waits still.
                Err(Error::Store(error)) => {
                    let error = Error::from(error);
                    self.give_up(&error);
                    return Err(error);
                }
                Err(_) => self.hold(from, process, message, &cause),
            }
        }
        Ok(count)
    }

    /// What was held back when the unit was closed.
    pub(super) async fn load_held(&mut self) -> Result<(), Error> {
        for HeldRecord { key, bytes } in self.store.held().await? {
            self.next_held = self.next_held.max(key.sequence + 1);
            let read: Result<(String, [u8; 32], [u8; 32], Message), _> =
                postcard::from_bytes(&bytes);
            match read {
                Ok((id, from, process, message)) => {
                    let cause = Cause { id, count: 0 };
                    let (from, process) = (Id(from), Id(process));
                    let held = Held {
                        key,
                        from,
                        process,
                        message,
                    };
                    self.budget.hold(&cause, held);
                }
                Err(error) => self.events.push(Event::Error {
                    process: None,
                    code: "LOG_CORRUPT",
                    message: format!("a message that was held back cannot be read: {error}"),
                }),
            }
        }
        Ok(())
    }

    /// The causes that wait.
    pub(super) fn paused(&self) -> Vec<PausedCause> {
        let paused = self.budget.paused().map(|(cause, held)| PausedCause {
            cause: cause.to_owned(),
            held: held.len() as u64,
            processes: {
                let mut processes: Vec<Id> = held.iter().map(|held| held.process).collect();
                processes.sort_unstable();
                processes.dedup();
                processes
            },
        });
        let mut paused: Vec<PausedCause> = paused.collect();
        paused.sort_by(|a, b| a.cause.cmp(&b.cause));
        paused
    }
}
