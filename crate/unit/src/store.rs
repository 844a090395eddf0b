//! Where the unit keeps what must not be lost.

mod memory;

pub mod conformance;

use ao_data_item::Id;

pub use memory::MemoryStore;

/// Durable storage, in few verbs. Whatever a [`Batch`] holds is written whole or not at all.
#[allow(async_fn_in_trait, reason = "a unit and its store live on one thread")]
pub trait Store {
    /// What identifies the unit, if it was stored.
    ///
    /// # Errors
    ///
    /// As of every verb: what the storage itself reports.
    async fn identity(&self) -> Result<Option<[u8; 32]>, StoreError>;

    /// The records of all processes.
    ///
    /// # Errors
    ///
    /// What the storage reports.
    async fn processes(&self) -> Result<Vec<Vec<u8>>, StoreError>;

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

    /// Writes a batch; answers when it is durable.
    ///
    /// # Errors
    ///
    /// What the storage reports; then nothing of the batch is written.
    async fn commit(&self, batch: Batch) -> Result<(), StoreError>;
}

/// The parts of a process's log, each a sequence by nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What was assigned.
    Assignments,
    /// What evaluating it came to.
    Outcomes,
    /// The ids of the messages, by which a nonce is found.
    Ids,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 3] = [Self::Assignments, Self::Outcomes, Self::Ids];
}

/// A run of entries of one part of a log, packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The nonce of its first entry.
    pub first: u64,
    /// Its entries.
    pub bytes: Vec<u8>,
}

/// What is written at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// The unit's identity, when it is new.
    pub identity: Option<[u8; 32]>,
    /// Records of processes, which take the place of earlier ones.
    pub processes: Vec<(Id, Vec<u8>)>,
    /// Segments of logs, which take the place of earlier ones with the same first nonce.
    pub segments: Vec<(Id, Part, Segment)>,
}

impl Batch {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.identity.is_none() && self.processes.is_empty() && self.segments.is_empty()
    }
}

/// The storage failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no room left.
    #[error("the browser gives this site no more storage: free some, or ask for persistence ({0})")]
    Quota(String),
    /// Anything else; the text is the storage's own.
    #[error("the storage failed: {0}")]
    Failed(String),
}

impl StoreError {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Quota(_) => "STORE_QUOTA",
            Self::Failed(_) => "STORE_FAILED",
        }
    }
}
