//! What is written at once, and what is kept.

use ao_data_item::Id;

/// What is written at once. What it deletes is deleted first, so that it may put something in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Processes that go: record, log and checkpoints.
    pub removed: Vec<Id>,
    /// Checkpoints that go, by process and place in its log.
    pub pruned: Vec<(Id, u64)>,
    /// Messages that are held back no longer.
    pub released: Vec<HeldKey>,
    /// The unit's identity, when it is new.
    pub identity: Option<[u8; 32]>,
    /// The modules that were registered, all of them, in place of the earlier ones.
    pub modules: Option<Vec<u8>>,
    /// How far the unit's clock is advanced now, in milliseconds.
    pub ahead: Option<u64>,
    /// Records of processes, which take the place of earlier ones.
    pub processes: Vec<(Id, Vec<u8>)>,
    /// Segments of logs, which take the place of earlier ones with the same first nonce.
    pub segments: Vec<(Id, Part, Segment)>,
    /// Messages to hold back, which take the place of earlier ones with the same key.
    pub held: Vec<Held>,
    /// Checkpoints, which take the place of earlier ones at the same place of the log.
    pub checkpoints: Vec<(Id, Checkpoint)>,
}

impl Batch {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty()
            && self.pruned.is_empty()
            && self.released.is_empty()
            && self.identity.is_none()
            && self.modules.is_none()
            && self.ahead.is_none()
            && self.processes.is_empty()
            && self.segments.is_empty()
            && self.held.is_empty()
            && self.checkpoints.is_empty()
    }
}

/// The parts of a process's log, each a sequence of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What was assigned, by nonce.
    Assignments,
    /// What evaluating it came to, by nonce.
    Outcomes,
    /// The ids of the messages, by which a nonce is found.
    Ids,
    /// What the process sent that no local process takes.
    Outbound,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 4] = [Self::Assignments, Self::Outcomes, Self::Ids, Self::Outbound];
}

/// A run of entries of one part of a log, packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The number of its first entry.
    pub first: u64,
    /// Its entries.
    pub bytes: Vec<u8>,
}

/// A message that waits because what it follows from has used up its budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its place among all that wait.
    pub key: HeldKey,
    /// The message, packed.
    pub bytes: Vec<u8>,
}

/// Where a message that is held back stands: held messages are ordered by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HeldKey {
    /// The message of a user that it follows from.
    pub origin: [u8; 32],
    /// Its number among those of the same origin.
    pub sequence: u64,
}

/// The state of a process at one place of its log, or how it differs from an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// How many entries of the log it has evaluated.
    pub at: u64,
    /// Where the chain begins that it belongs to: its own place, if it stands alone.
    pub base: u64,
    /// The size in bytes of the memory that it restores.
    pub memory: u64,
    /// The state, encoded.
    pub bytes: Vec<u8>,
}

/// What is known of a checkpoint without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckpointHead {
    /// As [`Checkpoint::at`].
    pub at: u64,
    /// As [`Checkpoint::base`].
    pub base: u64,
    /// As [`Checkpoint::memory`].
    pub memory: u64,
    /// How many bytes it has.
    pub size: u64,
}

impl Checkpoint {
    /// What a store tells of it without reading it.
    pub fn head(&self) -> CheckpointHead {
        CheckpointHead {
            at: self.at,
            base: self.base,
            memory: self.memory,
            size: self.bytes.len() as u64,
        }
    }
}
