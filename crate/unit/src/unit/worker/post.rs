//! The messenger's round: what an evaluation asks for is put into the logs of the processes that it is
//! for, or listed as leaving the unit.

use ao_data_item::Id;

use crate::Error;
use crate::delivery::{Delivery, Origin, Task, deliveries};
use crate::events::Event;
use crate::history::PausedCause;
use crate::machine::MachineHost;
use crate::message::{Assigned, Cause, Message};
use crate::outbound::Outbound;
use crate::outcome::Effects;
use crate::platform::Platform;
use crate::process::Process;
use crate::store::{Held as HeldRecord, HeldKey, Store};
use crate::unit::budget::Held;
use crate::unit::entry::Entry;

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
            Task::Send(sent, assignees) => {
                let to = self.processes.find(target)?;
                let id = Id(sent.id);
                self.deliver(from, to, Message::Sent(sent.clone()), id, cause)
                    .await?;
                for assignee in assignees {
                    let to = self.processes.find(&assignee)?;
                    let message = assigned(Message::Sent(sent.clone()), Vec::new());
                    self.deliver(from, to, message, id, cause).await?;
                }
                Ok(())
            }
            Task::Spawn(sent, notice) => {
                let id = Id(sent.id);
                let (owner, tags) = (sent.owner.clone(), sent.tags.clone());
                let home = self.address.clone();
                let process = Process::new(id, owner, tags, home, &self.settings.limits)?;
                if !self.processes.contains(id) {
                    self.processes.add(Entry::empty(process, self.seed));
                }
                self.deliver(from, id, Message::Sent(sent), id, cause)
                    .await?;
                let id = Id(notice.id);
                self.deliver(from, from, Message::Sent(notice), id, cause)
                    .await
            }
            Task::Assign { message, exclude } => {
                let to = self.processes.find(target)?;
                let (id, found) = self.find_message(&message).await?;
                self.deliver(from, to, assigned(found, exclude), id, cause)
                    .await
            }
        }
    }

    /// Puts a message that a process sent into another's log, unless so much has followed from its cause
    /// that it has to wait.
    async fn deliver(
        &mut self,
        from: Id,
        to: Id,
        mut message: Message,
        id: Id,
        cause: &Cause,
    ) -> Result<(), Error> {
        let drawn = self.budget.draw(cause);
        if let Message::Sent(sent) = &mut message {
            sent.owner
                .clone_from(&self.processes.entry(to)?.process.home);
            sent.cause.count = drawn.unwrap_or(self.settings.budget);
        }
        if drawn.is_none() {
            self.hold(to, message, cause);
            return Ok(());
        }
        match self.admit(to, message, id).await {
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
    fn hold(&mut self, process: Id, message: Message, cause: &Cause) {
        let key = HeldKey {
            origin: Id::of(cause.id.as_bytes()).0,
            sequence: self.next_held,
        };
        self.next_held += 1;
        // Postcard writes to memory: it fails for no type that this record has.
        let bytes = postcard::to_stdvec(&(&cause.id, process.0, &message)).unwrap_or_default();
        self.batch.held.push(HeldRecord { key, bytes });
        let held = Held {
            key,
            process,
            message,
        };
        if self.budget.hold(cause, held) {
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
        for Held {
            key,
            process,
            message,
        } in held
        {
            self.batch.released.push(key);
            let id = message.content()?.id;
            self.deliver(process, process, message, id, &cause).await?;
        }
        self.happened(|| Event::Resumed { cause: cause.id });
        Ok(count)
    }

    /// What was held back when the unit was closed.
    pub(super) async fn load_held(&mut self) -> Result<(), Error> {
        for HeldRecord { key, bytes } in self.store.held().await? {
            self.next_held = self.next_held.max(key.sequence + 1);
            let read: Result<(String, [u8; 32], Message), _> = postcard::from_bytes(&bytes);
            match read {
                Ok((id, process, message)) => {
                    let cause = Cause { id, count: 0 };
                    let process = Id(process);
                    self.budget.hold(
                        &cause,
                        Held {
                            key,
                            process,
                            message,
                        },
                    );
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

fn assigned(message: Message, exclude: Vec<String>) -> Message {
    let message = match message {
        Message::Assigned(assigned) => assigned.message,
        message => Box::new(message),
    };
    Message::Assigned(Assigned { message, exclude })
}
