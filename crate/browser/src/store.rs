//! The stores that a page can choose from.

mod indexeddb;
mod schema;

mod claim;
mod connection;
mod request;

use ao_data_item::Id;
use ao_unit::store::{Batch, CheckpointHead, Held, MemoryStore, Part, Segment, Store, StoreError};

pub use connection::Durability;
pub use indexeddb::IndexeddbStore;

/// `idb://name` or `memory://`.
#[derive(Debug)]
pub enum BrowserStore {
    /// Durable.
    Indexeddb(IndexeddbStore),
    /// Gone with the worker.
    Memory(MemoryStore),
}

impl BrowserStore {
    /// Opens what an address names; `None` when it names neither kind.
    ///
    /// # Errors
    ///
    /// When the database cannot be opened.
    pub async fn open(address: &str, durability: Durability) -> Result<Option<Self>, StoreError> {
        if let Some(name) = address
            .strip_prefix("idb://")
            .filter(|name| !name.is_empty())
        {
            let store = IndexeddbStore::open(name, durability).await?;
            return Ok(Some(Self::Indexeddb(store)));
        }
        Ok(address
            .starts_with("memory://")
            .then(|| Self::Memory(MemoryStore::default())))
    }

    /// The store in memory, if it is that.
    pub(crate) fn memory(&self) -> Option<&MemoryStore> {
        match self {
            Self::Indexeddb(_) => None,
            Self::Memory(store) => Some(store),
        }
    }
}

/// Asks whichever store it is. A unit that were generic over the two would be compiled, and sent to the
/// page, twice.
macro_rules! ask {
    ($browser:ident, $store:ident => $verb:expr) => {
        match $browser {
            BrowserStore::Indexeddb($store) => $verb.await,
            BrowserStore::Memory($store) => $verb.await,
        }
    };
}

impl Store for BrowserStore {
    async fn identity(&self) -> Result<Option<[u8; 32]>, StoreError> {
        ask!(self, store => store.identity())
    }

    async fn modules(&self) -> Result<Option<Vec<u8>>, StoreError> {
        ask!(self, store => store.modules())
    }

    async fn ahead(&self) -> Result<Option<u64>, StoreError> {
        ask!(self, store => store.ahead())
    }

    async fn processes(&self) -> Result<Vec<(Id, Vec<u8>)>, StoreError> {
        ask!(self, store => store.processes())
    }

    async fn segments(
        &self,
        process: Id,
        part: Part,
        from: u64,
        to: u64,
    ) -> Result<Vec<Segment>, StoreError> {
        ask!(self, store => store.segments(process, part, from, to))
    }

    async fn held(&self) -> Result<Vec<Held>, StoreError> {
        ask!(self, store => store.held())
    }

    async fn checkpoints(&self, process: Id) -> Result<Vec<CheckpointHead>, StoreError> {
        ask!(self, store => store.checkpoints(process))
    }

    async fn checkpoint(&self, process: Id, at: u64) -> Result<Option<Vec<u8>>, StoreError> {
        ask!(self, store => store.checkpoint(process, at))
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        ask!(self, store => store.commit(batch))
    }
}
