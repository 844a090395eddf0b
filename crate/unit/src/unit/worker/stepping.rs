//! Deliveries one at a time, and messages without a signature: what tests may do, and nobody else.

use crate::Error;
use crate::history::HeldMessage;
use crate::log::EntryKeys;
use crate::machine::MachineHost;
use crate::message::{Message, Sent};
use crate::platform::Platform;
use crate::store::Store;
use crate::unit::Accepted;
use crate::unit::budget::Held;

use super::Worker;

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    /// Puts a message in a process's log as if its owner had signed it; without a target it makes a process.
    pub(super) async fn impersonate(&mut self, mut sent: Sent) -> Result<Accepted, Error> {
        let target = match sent.target.as_str() {
            "" => None,
            target => Some(self.processes.find(target)?),
        };
        // What tells it from others that say the same: where it stands, so that a test that is run again finds
        // the same ids.
        let place = match target {
            Some(process) => self.processes.entry(process)?.process.next_nonce,
            None => self.processes.iter().count() as u64,
        };
        sent.origin[..8].copy_from_slice(&place.to_be_bytes());
        let id = sent.hash();
        sent.id = id.0;
        // It follows from nothing but itself.
        sent.cause.id = id.to_string();
        let process = match target {
            Some(process) => process,
            None => {
                let made = self.spawned(&sent)?;
                self.make(made);
                id
            }
        };
        let keys = EntryKeys { id, content: None };
        let nonce = self
            .admit(process, Message::Sent(sent), keys)
            .await?
            .nonce();
        Ok(Accepted { id, process, nonce })
    }

    /// Holds every delivery back from now on, or lets all go that was held, in the order of sending; answers
    /// how many went.
    pub(super) async fn hold_deliveries(&mut self, on: bool) -> Result<u64, Error> {
        self.is_holding = on;
        if on {
            return Ok(0);
        }
        let waiting = self.held_messages();
        for HeldMessage { number, .. } in &waiting {
            self.release(*number).await?;
        }
        Ok(waiting.len() as u64)
    }

    /// Delivers one message that is held back.
    pub(super) async fn release(&mut self, number: u64) -> Result<(), Error> {
        let (cause, held) = self.budget.take(number).ok_or(Error::NotHeld(number))?;
        let Held {
            key,
            from,
            process,
            mut message,
        } = held;
        if let Some(sent) = message.sent_mut() {
            sent.cause = cause.clone();
        }
        self.batch.released.push(key);
        match self.hand_over(from, process, message.clone()).await {
            Ok(()) => Ok(()),
            Err(Error::Store(error)) => {
                // What is half released is forgotten: it waits still.
                let error = Error::from(error);
                self.give_up(&error);
                Err(error)
            }
            Err(error) => {
                self.hold(from, process, message, &cause);
                Err(error)
            }
        }
    }

    /// What waits to be delivered, in the order of sending.
    pub(super) fn held_messages(&self) -> Vec<HeldMessage> {
        let held = self.budget.paused().flat_map(|(cause, held)| {
            held.iter().filter_map(move |held| {
                let content = held.message.content().ok()?;
                Some(HeldMessage {
                    number: held.key.sequence,
                    cause: cause.to_owned(),
                    from: held.from,
                    process: held.process,
                    id: content.id,
                    tags: content.tags.to_vec(),
                    data: String::from_utf8_lossy(&content.data).into_owned(),
                })
            })
        });
        let mut held: Vec<HeldMessage> = held.collect();
        held.sort_by_key(|held| held.number);
        held
    }
}
