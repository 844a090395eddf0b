//! Into a process's log: a message gets its place there, once.

use ao_data_item::Id;

use crate::Error;
use crate::assignment::Assignment;
use crate::events::Event;
use crate::log::{EntryKeys, Log, first_entry, read_assignments};
use crate::machine::MachineHost;
use crate::message::Message;
use crate::platform::Platform;
use crate::schedule;
use crate::store::Store;

use super::Worker;

/// What became of a message that was to be put into a log.
pub(super) enum Admitted {
    /// It has a place of its own.
    New(u64),
    /// It was there, or another that says the same.
    Known(u64),
}

impl Admitted {
    pub(super) fn nonce(&self) -> u64 {
        match self {
            Self::New(nonce) | Self::Known(nonce) => *nonce,
        }
    }
}

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    /// Puts a message in a process's log, after the ticks that come before it, unless it is there.
    pub(super) async fn admit(
        &mut self,
        process: Id,
        message: Message,
        keys: EntryKeys,
    ) -> Result<Admitted, Error> {
        let id = keys.id;
        let log = self.load(process).await?;
        if let Some(index) = log.index_of_same(&keys) {
            return Ok(Admitted::Known(self.nonce_at(process, index).await?));
        }
        let now = self.platform.now();
        self.tick_until(process, now).await?;
        let chain = self.settings.chain;
        let entry = self.processes.entry(process)?;
        let assignment = entry.append(&keys, |process| {
            schedule::assign(process, message, id.0, now, &chain)
        });
        let nonce = assignment.place.nonce;
        let cause = assignment
            .message
            .cause(id, process, assignment.place.timestamp);
        self.budget.begin(&cause);
        self.happened(|| Event::Assigned {
            process,
            message: id,
            nonce,
        });
        Ok(Admitted::New(nonce))
    }

    /// A process's log, read if it was not.
    pub(super) async fn load(&mut self, process: Id) -> Result<&Log, Error> {
        let entry = self.processes.entry(process)?;
        if entry.log.is_none() {
            entry.log(&*self.store).await?;
            for Assignment { place, message } in &entry.queue {
                let id = message.content()?.id;
                let cause = message.cause(id, process, place.timestamp);
                self.budget.begin(&cause);
            }
        }
        Ok(entry.log(&*self.store).await?)
    }

    /// The process and the entry of a message of it.
    pub(super) async fn index_of(
        &mut self,
        process: &str,
        message: &str,
    ) -> Result<(Id, u64), Error> {
        let id = self.processes.find(process)?;
        let not_found = || Error::MessageNotFound {
            process: process.to_owned(),
            message: message.to_owned(),
        };
        let message = message.parse().map_err(|_| not_found())?;
        let log = self.load(id).await?;
        Ok((id, log.index_of(message).ok_or_else(not_found)?))
    }

    /// The process and the entry of the message with this nonce.
    pub(super) async fn index_at(&mut self, process: &str, nonce: u64) -> Result<(Id, u64), Error> {
        let id = self.processes.find(process)?;
        let entry = self.processes.entry(id)?;
        let (length, next_nonce) = (entry.process.length, entry.process.next_nonce);
        if nonce >= next_nonce {
            return Err(Error::NonceNotFound {
                process: id,
                nonce,
                next: next_nonce,
            });
        }
        if length == next_nonce {
            return Ok((id, nonce));
        }
        let durable = entry.durable();
        // A tick has the nonce of the message before it, which may be durable already.
        let mut fresh = (durable..).zip(entry.fresh());
        let is_it = |fresh: &Assignment| fresh.place.nonce == nonce && !fresh.is_cron();
        if let Some((index, _)) = fresh.find(|(_, fresh)| is_it(fresh)) {
            return Ok((id, index));
        }
        let index = first_entry(&*self.store, id, durable, |place| place.nonce < nonce).await?;
        Ok((id, index))
    }

    /// The nonce of an entry, which may not be durable yet.
    async fn nonce_at(&mut self, process: Id, index: u64) -> Result<u64, Error> {
        let entry = self.processes.entry(process)?;
        if entry.process.length == entry.process.next_nonce {
            return Ok(index);
        }
        if let Some(assignment) = entry.fresh_entry(index) {
            return Ok(assignment.place.nonce);
        }
        let entries = read_assignments(&*self.store, process, index, index + 1).await?;
        Ok(entries[0].place.nonce)
    }

    /// A message that is in the log of any process.
    pub(super) async fn find_message(&mut self, message: &str) -> Result<(Id, Message), Error> {
        let not_found = || Error::MessageUnknown(message.to_owned());
        let id: Id = message.parse().map_err(|_| not_found())?;
        let found = self.locate(id, None).await?;
        let (process, index) = found.ok_or_else(not_found)?;
        let entry = self.processes.entry(process)?;
        if let Some(assignment) = entry.fresh_entry(index) {
            return Ok((id, assignment.message.clone()));
        }
        let mut entries = read_assignments(&*self.store, process, index, index + 1).await?;
        Ok((id, entries.remove(0).message))
    }

    /// The process and the entry of a message: of one process, or of any that has it. A process is first
    /// looked for in its own log.
    pub(super) async fn locate(
        &mut self,
        message: Id,
        within: Option<Id>,
    ) -> Result<Option<(Id, u64)>, Error> {
        let everywhere = || self.processes.ids();
        let own = self.processes.contains(message).then_some(message);
        let searched = within.map_or_else(everywhere, |process| vec![process]);
        let own = own.filter(|own| searched.contains(own));
        for process in own.into_iter().chain(searched) {
            match self.load(process).await {
                Ok(log) => {
                    if let Some(index) = log.index_of(message) {
                        return Ok(Some((process, index)));
                    }
                }
                Err(error @ Error::Store(_)) => return Err(error),
                // A log that does not read keeps nobody from finding what others have.
                Err(_) => {}
            }
        }
        Ok(None)
    }
}
