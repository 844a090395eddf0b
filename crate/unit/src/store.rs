//! Where the unit keeps what must not be lost.

mod batch;
mod memory;

mod error;

pub mod conformance;
mod faulty;

use ao_data_item::Id;

pub use batch::{Batch, Checkpoint, CheckpointHead, Held, HeldKey, Part, Segment};
pub use error::StoreError;
pub use faulty::FaultyStore;
pub use memory::MemoryStore;

/// Durable storage, in few verbs. Whatever a [`Batch`] holds is written whole or not at all.
///
/// A store keeps bytes and does not look into them: what does not read as what it should be is its
/// reader's matter, and keeps nobody from reading the rest.
#[allow(async_fn_in_trait, reason = "a unit and its store live on one thread")]
pub trait Store {
    /// What identifies the unit, if it was stored.
    ///
    /// # Errors
    ///
    /// As of every verb: what the storage itself reports.
    async fn identity(&self) -> Result<Option<[u8; 32]>, StoreError>;

    /// What was stored of the modules that were registered in the unit.
    ///
    /// # Errors
    ///
    /// What the storage reports.
    async fn modules(&self) -> Result<Option<Vec<u8>>, StoreError>;

    /// How far the unit's clock was advanced, in milliseconds, if it was.
    ///
    /// # Errors
    ///
    /// What the storage reports.
    async fn ahead(&self) -> Result<Option<u64>, StoreError>;

    /// The records of all processes, with their ids, in no order that matters.
    ///
    /// # Errors
    ///
    /// What the storage reports.
    async fn processes(&self) -> Result<Vec<(Id, Vec<u8>)>, StoreError>;

    /// The segments of a process's log that hold any of `from..=to`, in order: the last that begins
    /// at or before `from`, and those that begin up to `to`.
    ///
    /// # Errors
    ///
    /// What the storage reports.
    async fn segments(
        &self,
        process: Id,
        part: Part,
        from: u64,
        to: u64,
    ) -> Result<Vec<Segment>, StoreError>;

    /// The messages that are held back, in the order of their keys.
    ///
    /// # Errors
    ///
    /// What the storage reports.
    async fn held(&self) -> Result<Vec<Held>, StoreError>;

    /// What there is of a process's checkpoints, in the order of the log. It reads none of their bytes.
    ///
    /// # Errors
    ///
    /// What the storage reports.
    async fn checkpoints(&self, process: Id) -> Result<Vec<CheckpointHead>, StoreError>;

    /// The bytes of a process's checkpoint, `None` when there is none at this place of the log.
    ///
    /// # Errors
    ///
    /// What the storage reports.
    async fn checkpoint(&self, process: Id, at: u64) -> Result<Option<Vec<u8>>, StoreError>;

    /// Writes a batch; answers when it is durable.
    ///
    /// # Errors
    ///
    /// What the storage reports; then nothing of the batch is written.
    async fn commit(&self, batch: Batch) -> Result<(), StoreError>;
}
