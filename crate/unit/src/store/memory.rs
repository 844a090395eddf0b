//! A store that lasts as long as it is held.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use ao_data_item::Id;

use super::{Batch, CheckpointHead, Held, HeldKey, Part, Segment, Store, StoreError};

/// A store in memory. Its clones share what they hold, as connections to one database do.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    contents: Rc<RefCell<Contents>>,
}

#[derive(Clone, Debug, Default)]
struct Contents {
    identity: Option<[u8; 32]>,
    modules: Option<Vec<u8>>,
    ahead: Option<u64>,
    // One map for all that is kept: the code of a map is sent to the page for each type of its keys.
    values: BTreeMap<Key, Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Process(Id),
    Segment(Id, Part, u64),
    Checkpoint(Id, u64),
    Held(HeldKey),
}

/// Bytes, and the rest of a checkpoint.
#[derive(Clone, Debug, Default)]
struct Value {
    bytes: Vec<u8>,
    base: u64,
    memory: u64,
}

impl MemoryStore {
    /// A store of its own that holds what this one does now.
    #[must_use]
    pub fn copy(&self) -> Self {
        let contents = self.contents.borrow().clone();
        Self {
            contents: Rc::new(RefCell::new(contents)),
        }
    }
}

impl Store for MemoryStore {
    async fn identity(&self) -> Result<Option<[u8; 32]>, StoreError> {
        Ok(self.contents.borrow().identity)
    }

    async fn modules(&self) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.contents.borrow().modules.clone())
    }

    async fn ahead(&self) -> Result<Option<u64>, StoreError> {
        Ok(self.contents.borrow().ahead)
    }

    async fn processes(&self) -> Result<Vec<(Id, Vec<u8>)>, StoreError> {
        let contents = self.contents.borrow();
        let records = contents.values.iter().filter_map(|(key, value)| match key {
            Key::Process(id) => Some((*id, value.bytes.clone())),
            _ => None,
        });
        Ok(records.collect())
    }

    async fn segments(
        &self,
        process: Id,
        part: Part,
        from: u64,
        to: u64,
    ) -> Result<Vec<Segment>, StoreError> {
        let contents = self.contents.borrow();
        let range = |from, to| {
            let keys = Key::Segment(process, part, from)..=Key::Segment(process, part, to);
            contents
                .values
                .range(keys)
                .filter_map(|(key, value)| match key {
                    Key::Segment(_, _, first) => Some((*first, value)),
                    _ => None,
                })
        };
        let begun = range(0, from).next_back();
        let start = begun.map_or(from, |(first, _)| first);
        let found = range(start, to.max(start));
        Ok(found
            .map(|(first, value)| Segment {
                first,
                bytes: value.bytes.clone(),
            })
            .collect())
    }

    async fn held(&self) -> Result<Vec<Held>, StoreError> {
        let contents = self.contents.borrow();
        let held = contents.values.iter().filter_map(|(key, value)| match key {
            Key::Held(key) => Some(Held {
                key: *key,
                bytes: value.bytes.clone(),
            }),
            _ => None,
        });
        Ok(held.collect())
    }

    async fn checkpoints(&self, process: Id) -> Result<Vec<CheckpointHead>, StoreError> {
        let contents = self.contents.borrow();
        let keys = Key::Checkpoint(process, 0)..=Key::Checkpoint(process, u64::MAX);
        let found = contents
            .values
            .range(keys)
            .filter_map(|(key, value)| match key {
                Key::Checkpoint(_, at) => Some(CheckpointHead {
                    at: *at,
                    base: value.base,
                    memory: value.memory,
                    size: value.bytes.len() as u64,
                }),
                _ => None,
            });
        Ok(found.collect())
    }

    async fn checkpoint(&self, process: Id, at: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let contents = self.contents.borrow();
        let found = contents.values.get(&Key::Checkpoint(process, at));
        Ok(found.map(|value| value.bytes.clone()))
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let mut contents = self.contents.borrow_mut();
        contents.delete(&batch);
        contents.put(batch);
        Ok(())
    }
}

impl Contents {
    fn delete(&mut self, batch: &Batch) {
        let is_removed = |key: &Key| key.process().is_some_and(|id| batch.removed.contains(&id));
        let removed: Vec<Key> = if batch.removed.is_empty() {
            Vec::new()
        } else {
            self.values.keys().copied().filter(is_removed).collect()
        };
        let pruned = batch
            .pruned
            .iter()
            .map(|(id, at)| Key::Checkpoint(*id, *at));
        let released = batch.released.iter().copied().map(Key::Held);
        for key in removed.into_iter().chain(pruned).chain(released) {
            self.values.remove(&key);
        }
    }

    fn put(&mut self, batch: Batch) {
        self.identity = batch.identity.or(self.identity);
        self.modules = batch.modules.or_else(|| self.modules.take());
        self.ahead = batch.ahead.or(self.ahead);
        let mut put = |key, bytes| {
            let value = Value {
                bytes,
                ..Value::default()
            };
            self.values.insert(key, value);
        };
        for (process, record) in batch.processes {
            put(Key::Process(process), record);
        }
        for (process, part, segment) in batch.segments {
            put(Key::Segment(process, part, segment.first), segment.bytes);
        }
        for held in batch.held {
            put(Key::Held(held.key), held.bytes);
        }
        for (process, checkpoint) in batch.checkpoints {
            let value = Value {
                bytes: checkpoint.bytes,
                base: checkpoint.base,
                memory: checkpoint.memory,
            };
            self.values
                .insert(Key::Checkpoint(process, checkpoint.at), value);
        }
    }
}

impl Key {
    /// Whose it is, if it is a process's.
    fn process(&self) -> Option<Id> {
        match self {
            Self::Process(id) | Self::Segment(id, ..) | Self::Checkpoint(id, _) => Some(*id),
            Self::Held(_) => None,
        }
    }
}
