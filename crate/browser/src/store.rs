//! The stores that a page can choose from.

mod indexeddb;
mod schema;

use ao_data_item::Id;
use ao_unit::store::{Batch, MemoryStore, Part, Segment, Store, StoreError};

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
    pub async fn open(address: &str) -> Result<Option<Self>, StoreError> {
        if let Some(name) = address
            .strip_prefix("idb://")
            .filter(|name| !name.is_empty())
        {
            return Ok(Some(Self::Indexeddb(IndexeddbStore::open(name).await?)));
        }
        Ok(address
            .starts_with("memory://")
            .then(|| Self::Memory(MemoryStore::default())))
    }
}

impl Store for BrowserStore {
    async fn identity(&self) -> Result<Option<[u8; 32]>, StoreError> {
        match self {
            Self::Indexeddb(store) => store.identity().await,
            Self::Memory(store) => store.identity().await,
        }
    }

    async fn processes(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        match self {
            Self::Indexeddb(store) => store.processes().await,
            Self::Memory(store) => store.processes().await,
        }
    }

    async fn segments(
        &self,
        process: Id,
        part: Part,
        from: u64,
        to: u64,
    ) -> Result<Vec<Segment>, StoreError> {
        match self {
            Self::Indexeddb(store) => store.segments(process, part, from, to).await,
            Self::Memory(store) => store.segments(process, part, from, to).await,
        }
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        match self {
            Self::Indexeddb(store) => store.commit(batch).await,
            Self::Memory(store) => store.commit(batch).await,
        }
    }
}
