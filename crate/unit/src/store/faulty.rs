//! A store that fails when it is told to, for tests of what depends on stores.

use std::cell::RefCell;
use std::rc::Rc;

use ao_data_item::Id;

use super::{Batch, CheckpointHead, Held, Part, Segment, Store, StoreError};

/// A store around another, which does as that one does until it is told to fail. Its clones fail together.
#[derive(Clone, Debug, Default)]
pub struct FaultyStore<S> {
    store: S,
    faults: Rc<Faults>,
}

#[derive(Debug, Default)]
struct Faults {
    commit: RefCell<Option<StoreError>>,
    processes: RefCell<Option<StoreError>>,
}

impl<S> FaultyStore<S> {
    /// Around `store`, without a fault.
    pub fn new(store: S) -> Self {
        Self {
            store,
            faults: Rc::default(),
        }
    }

    /// Makes the next commit fail, as storages do: nothing of it is written.
    pub fn fail_next_commit(&self, error: StoreError) {
        self.faults.commit.replace(Some(error));
    }

    /// Makes the next reading of all processes fail.
    pub fn fail_next_read(&self, error: StoreError) {
        self.faults.processes.replace(Some(error));
    }
}

impl<S: Store> Store for FaultyStore<S> {
    async fn identity(&self) -> Result<Option<[u8; 32]>, StoreError> {
        self.store.identity().await
    }

    async fn processes(&self) -> Result<Vec<(Id, Vec<u8>)>, StoreError> {
        match self.faults.processes.take() {
            Some(error) => Err(error),
            None => self.store.processes().await,
        }
    }

    async fn segments(
        &self,
        process: Id,
        part: Part,
        from: u64,
        to: u64,
    ) -> Result<Vec<Segment>, StoreError> {
        self.store.segments(process, part, from, to).await
    }

    async fn held(&self) -> Result<Vec<Held>, StoreError> {
        self.store.held().await
    }

    async fn checkpoints(&self, process: Id) -> Result<Vec<CheckpointHead>, StoreError> {
        self.store.checkpoints(process).await
    }

    async fn checkpoint(&self, process: Id, at: u64) -> Result<Option<Vec<u8>>, StoreError> {
        self.store.checkpoint(process, at).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        match self.faults.commit.take() {
            Some(error) => Err(error),
            None => self.store.commit(batch).await,
        }
    }
}
