//! The processes of a unit, and whose turn it is.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ao_data_item::Id;

use crate::Error;
use crate::events::Event;
use crate::machine::MachineHost;
use crate::process::Process;
use crate::settings::Settings;
use crate::store::{Batch, Store};

use super::entry::Entry;
use super::live::Live;

/// All processes.
pub(super) struct Processes<H: MachineHost> {
    entries: BTreeMap<Id, Entry<H>>,
    /// Processes with something to evaluate, in the order of their turns.
    ready: VecDeque<Id>,
    live: Live,
    /// Processes that may have something to write.
    touched: BTreeSet<Id>,
    /// Processes whose changes are in the batch that is being written.
    sealed: BTreeSet<Id>,
}

impl<H: MachineHost> Processes<H> {
    /// The processes that a store holds; a record that does not read is left alone, and told of.
    pub(super) async fn load(store: &impl Store, seed: u64) -> Result<(Self, Vec<Event>), Error> {
        let mut processes = Self {
            entries: BTreeMap::new(),
            ready: VecDeque::new(),
            live: Live::default(),
            touched: BTreeSet::new(),
            sealed: BTreeSet::new(),
        };
        let mut events = Vec::new();
        for (id, record) in store.processes().await? {
            match Process::from_record(id, &record) {
                Ok(process) => {
                    if process.evaluated < process.length {
                        processes.ready.push_back(id);
                    }
                    processes.entries.insert(id, Entry::of(process, seed));
                }
                Err(error) => events.push(Event::error(Some(id), &error)),
            }
        }
        Ok((processes, events))
    }

    pub(super) fn contains(&self, id: Id) -> bool {
        self.entries.contains_key(&id)
    }

    /// The process whose id this text is.
    pub(super) fn find(&self, id: &str) -> Result<Id, Error> {
        let known = id.parse().ok().filter(|id| self.contains(*id));
        known.ok_or_else(|| Error::ProcessNotFound(id.to_owned()))
    }

    pub(super) fn get(&self, id: Id) -> Option<&Entry<H>> {
        self.entries.get(&id)
    }

    /// A process, to be changed: it is asked for what there is to write when the cycle ends.
    pub(super) fn get_mut(&mut self, id: Id) -> Option<&mut Entry<H>> {
        self.touched.insert(id);
        self.entries.get_mut(&id)
    }

    /// As [`Processes::get_mut`], of a process that must be there.
    pub(super) fn entry(&mut self, id: Id) -> Result<&mut Entry<H>, Error> {
        let not_found = || Error::ProcessNotFound(id.to_string());
        self.get_mut(id).ok_or_else(not_found)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Entry<H>> {
        self.entries.values()
    }

    pub(super) fn ids(&self) -> Vec<Id> {
        self.entries.keys().copied().collect()
    }

    pub(super) fn add(&mut self, entry: Entry<H>) {
        let id = entry.process.id();
        self.touched.insert(id);
        self.entries.insert(id, entry);
    }

    pub(super) fn remove(&mut self, id: Id) {
        self.entries.remove(&id);
        self.ready.retain(|ready| *ready != id);
        self.live.remove(id);
        self.touched.remove(&id);
    }

    /// The process whose turn it is; it is asked again when it still has something to evaluate.
    pub(super) fn next_ready(&mut self) -> Option<Id> {
        self.ready.pop_front()
    }

    pub(super) fn set_ready(&mut self, id: Id) {
        if let Some(entry) = self.entries.get_mut(&id) {
            entry.is_aside = false;
        }
        if !self.ready.contains(&id) {
            self.ready.push_back(id);
        }
    }

    pub(super) fn anything_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    /// Says that a process's machine is used, and how many bytes it has now.
    pub(super) fn note_machine(&mut self, id: Id, bytes: u64) {
        self.live.note(id, bytes);
    }

    /// Says that a process has no machine any more.
    pub(super) fn forget_machine(&mut self, id: Id) {
        self.live.remove(id);
    }

    /// A process whose machine must be put to rest because there is no room for all, if any.
    pub(super) fn take_unused(&mut self, settings: &Settings) -> Option<Id> {
        self.live.take_unused(settings.live, settings.live_memory)
    }

    /// Whether a process's machine is among those that were used last.
    pub(super) fn is_live(&self, id: Id) -> bool {
        self.live.contains(id)
    }

    /// What must be written for the processes that changed.
    pub(super) fn write_to(&mut self, batch: &mut Batch) {
        self.sealed = std::mem::take(&mut self.touched);
        for id in &self.sealed {
            if let Some(entry) = self.entries.get_mut(id) {
                entry.write_to(batch);
            }
        }
    }

    /// What the last batch had is durable now, and what was assigned by it can be evaluated.
    pub(super) fn committed(&mut self) {
        for id in std::mem::take(&mut self.sealed) {
            let entry = self.entries.get_mut(&id);
            if entry.is_some_and(Entry::committed) {
                self.set_ready(id);
            }
        }
    }
}
