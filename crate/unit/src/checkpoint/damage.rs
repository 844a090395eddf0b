//! Why a checkpoint is of no use.

/// What is wrong with a stored checkpoint. It is discarded, and the log evaluated again from an earlier
/// one or from the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// Its bytes are not those that were written.
    #[error(
        "its bytes are not those that were written: the checksum is {found:016x}, not {expected:016x}"
    )]
    Checksum {
        /// The checksum that was written with them.
        expected: u64,
        /// The checksum that they have.
        found: u64,
    },
    /// It ends too early, or does not read as a checkpoint.
    #[error("it is cut short or no checkpoint, at byte {at}")]
    Truncated {
        /// Where what was expected is not.
        at: usize,
    },
    /// It builds on another that is not there, or is not what it was.
    #[error("it builds on the checkpoint at {at}, which is missing or damaged")]
    MissingLink {
        /// The place of the other.
        at: u64,
    },
    /// It is the memory of other code.
    #[error("it is of another version of the machine")]
    OtherMachine,
    /// It is the memory of a machine of another size than is known of it.
    #[error("it restores {found} bytes of memory, not {expected}")]
    OtherLength {
        /// The size that is known.
        expected: u64,
        /// The size that it names.
        found: u64,
    },
    /// It is the memory of a machine that is larger than its process may have.
    #[error("it restores {memory} bytes of memory, and its process may have {most}")]
    TooLarge {
        /// The size that it names.
        memory: u64,
        /// The most that is restored.
        most: u64,
    },
}

impl Damage {
    /// A stable name, for programs.
    pub fn code(&self) -> &'static str {
        "CHECKPOINT_DAMAGED"
    }
}
