//! Cron: the ticks of processes, put into their logs before what comes after them.

use ao_data_item::Id;

use crate::Error;
use crate::chain::Moment;
use crate::events::Event;
use crate::log::EntryKeys;
use crate::machine::MachineHost;
use crate::message::{Message, Tick};
use crate::platform::Platform;
use crate::schedule;
use crate::store::Store;
use crate::unit::entry::Entry;

use super::Worker;

impl<P: Platform, S: Store, H: MachineHost> Worker<P, S, H> {
    /// Lets the monitored processes tick whose time has come.
    pub(super) async fn tick(&mut self) -> Result<(), Error> {
        let now = self.platform.now();
        let is_due = |entry: &&Entry<H>| self.next_tick_of(entry).is_some_and(|at| at <= now);
        let due: Vec<Id> = self
            .processes
            .iter()
            .filter(is_due)
            .map(Entry::id)
            .collect();
        for id in due {
            // Up to a whole second, so that the ticks are the same however often they are looked for.
            match self.tick_until(id, now - now % 1000).await {
                Err(Error::Store(error)) => return Err(error.into()),
                Err(error) => self.put_aside(id, &error),
                Ok(()) => {}
            }
        }
        Ok(())
    }

    /// When the next tick of any monitored process is due, in milliseconds since 1970.
    pub(super) fn next_tick(&self) -> Option<u64> {
        let ticks = self
            .processes
            .iter()
            .filter_map(|entry| self.next_tick_of(entry));
        ticks.min()
    }

    fn next_tick_of(&self, entry: &Entry<H>) -> Option<u64> {
        let ticks = entry.process.cron.is_monitored && !entry.is_aside;
        let at = self.next_due_of(entry).filter(|_| ticks)?;
        Some((at / 1000 + 1).saturating_mul(1000))
    }

    /// The time of the next tick of a process, whether it is monitored or not, in milliseconds since 1970.
    pub(super) fn next_due_of(&self, entry: &Entry<H>) -> Option<u64> {
        let state = &entry.process.cron;
        let walk = state.walk.filter(|_| !entry.cron.is_empty())?;
        walk.next_due(&entry.cron, state.origin, &self.settings.chain)
    }

    /// Puts the ticks that come before a time into a process's log, whether it is monitored or not: the
    /// message that comes then finds the state that they left.
    pub(super) async fn tick_until(&mut self, id: Id, time: u64) -> Result<(), Error> {
        let entry = self.processes.entry(id)?;
        let state = &entry.process.cron;
        let Some(mut walk) = state.walk.filter(|_| !entry.cron.is_empty()) else {
            return Ok(());
        };
        let (origin, is_delivered) = (state.origin, state.is_monitored);
        self.load(id).await?;
        let entry = self.processes.entry(id)?;
        let (cron, chain) = (entry.cron.clone(), self.settings.chain);
        let came = walk.advance(&cron, origin, time, &chain, self.settings.catch_up);
        for tick in &came.ticks {
            let moment = Moment {
                timestamp: tick.timestamp,
                block_height: tick.block_height,
            };
            let message = Tick {
                id: tick.id.clone(),
                owner: entry.process.owner.clone(),
                tags: tick.tags.to_vec(),
                is_delivered,
            };
            let message = Message::Cron(message);
            let keys = EntryKeys::of(&entry.process, id, &message, tick.timestamp)?;
            // The clock may have gone back, to where the process ticked before.
            let log = entry.log.as_ref();
            if log.is_some_and(|log| log.index_of(keys.id).is_some()) {
                continue;
            }
            self.budget
                .begin(&message.cause(keys.id, id, tick.timestamp));
            entry.append(&keys, |process| {
                schedule::assign_tick(process, message, moment)
            });
        }
        entry.process.cron.walk = Some(walk);
        entry.touch();
        if came.passed_over > 0 {
            entry.process.cron.passed_over += came.passed_over;
            self.happened(|| Event::CronPassedOver {
                process: id,
                count: came.passed_over,
            });
        }
        Ok(())
    }

    /// Has a process's cron tick by itself from now on, or only with its messages.
    pub(super) async fn monitor(&mut self, process: &str, on: bool) -> Result<(), Error> {
        let id = self.processes.find(process)?;
        let now = self.platform.now();
        if on && !self.processes.entry(id)?.process.cron.is_monitored {
            // What ticked before counts as unmonitored: what it sends is not delivered.
            self.tick_until(id, now - now % 1000).await?;
        }
        let entry = self.processes.entry(id)?;
        entry.process.cron.is_monitored = on;
        entry.touch();
        Ok(())
    }
}
