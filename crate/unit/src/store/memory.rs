//! A store that lasts as long as it is held.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use ao_data_item::Id;

use super::{Batch, Part, Segment, Store, StoreError};

/// A store in memory. Its clones share what they hold, as connections to one database do.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    contents: Rc<Contents>,
}

#[derive(Debug, Default)]
struct Contents {
    identity: Cell<Option<[u8; 32]>>,
    processes: RefCell<BTreeMap<Id, Vec<u8>>>,
    segments: RefCell<BTreeMap<(Id, Part, u64), Vec<u8>>>,
    commit_failure: RefCell<Option<StoreError>>,
    read_failure: RefCell<Option<StoreError>>,
}

impl MemoryStore {
    /// Makes the next commit fail, as storages do.
    pub fn fail_next_commit(&self, error: StoreError) {
        self.contents.commit_failure.replace(Some(error));
    }

    /// Makes the next reading of all processes fail.
    pub fn fail_next_read(&self, error: StoreError) {
        self.contents.read_failure.replace(Some(error));
    }
}

impl Store for MemoryStore {
    async fn identity(&self) -> Result<Option<[u8; 32]>, StoreError> {
        Ok(self.contents.identity.get())
    }

    async fn processes(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        if let Some(error) = self.contents.read_failure.take() {
            return Err(error);
        }
        Ok(self.contents.processes.borrow().values().cloned().collect())
    }

    async fn segments(
        &self,
        process: Id,
        part: Part,
        from: u64,
        to: u64,
    ) -> Result<Vec<Segment>, StoreError> {
        let segments = self.contents.segments.borrow();
        let up_to = |nonce| (process, part, 0)..=(process, part, nonce);
        let start = segments
            .range(up_to(from))
            .next_back()
            .map_or(from, |((_, _, first), _)| *first);
        let found = segments.range((process, part, start)..=(process, part, to.max(start)));
        Ok(found
            .map(|((_, _, first), bytes)| Segment {
                first: *first,
                bytes: bytes.clone(),
            })
            .collect())
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        if let Some(error) = self.contents.commit_failure.take() {
            return Err(error);
        }
        if batch.identity.is_some() {
            self.contents.identity.set(batch.identity);
        }
        self.contents.processes.borrow_mut().extend(batch.processes);
        let segments = batch.segments.into_iter();
        let keyed = segments
            .map(|(process, part, segment)| ((process, part, segment.first), segment.bytes));
        self.contents.segments.borrow_mut().extend(keyed);
        Ok(())
    }
}
