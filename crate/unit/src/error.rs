//! What keeps the unit from doing its job. A process's own failure is not among it: that is an outcome.

use ao_data_item::Id;

use crate::machine::MachineError;
use crate::store::StoreError;

/// A request that the unit refuses, or could not carry out.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are no data item, or its signature does not verify.
    #[error(transparent)]
    Item(#[from] ao_data_item::Error),
    /// A message needs a process to go to.
    #[error("message {0} has no target: a message names the process that it is for")]
    NoTarget(Id),
    /// No such process is in this unit.
    #[error("process {0} is not in this unit: spawn or import it first")]
    ProcessNotFound(String),
    /// The process has no such message in its log.
    #[error("message {message} is not in the log of process {process}")]
    MessageNotFound {
        /// The process that was asked.
        process: String,
        /// The message that it does not have.
        message: String,
    },
    /// The process asks for a module that this unit does not have.
    #[error("module {module} is not known here: known are {known}")]
    ModuleUnknown {
        /// The module that was asked for.
        module: String,
        /// The modules there are.
        known: String,
    },
    /// A module cannot be registered.
    #[error("module {module:?} cannot be registered: {reason}")]
    ModuleInvalid {
        /// Its id, the beginning of it if it is long.
        module: String,
        /// Why not.
        reason: String,
    },
    /// A process asks for messages by a clock that there is not.
    #[error(
        "Cron-Interval {interval:?} is not valid: {reason}: \
         write a number, a dash and a unit, as in 10-seconds, 5-minutes or 2-blocks"
    )]
    CronInvalid {
        /// The tag's value.
        interval: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A process gives a tag to messages that it did not ask for.
    #[error(
        "Unmatched Cron-Tag with no preceding Cron-Interval: {tag}: \
         put the Cron-Interval that it is for before it"
    )]
    CronUnmatched {
        /// The tag's name.
        tag: String,
    },
    /// A process asks for a limit that cannot be read.
    #[error("{tag} {value:?} is not valid: {reason}")]
    LimitInvalid {
        /// The tag's name.
        tag: &'static str,
        /// The tag's value.
        value: String,
        /// What it should be.
        reason: &'static str,
    },
    /// A data item is larger than the network's schedulers take.
    #[error(
        "a data item of {size} bytes is too large: {most} is the most, with signature and tags"
    )]
    ItemTooLarge {
        /// Its size, in bytes.
        size: usize,
        /// The largest size.
        most: usize,
    },
    /// The log of a process is not that long.
    #[error("process {process} has no message with nonce {nonce}: its next message gets {next}")]
    NonceNotFound {
        /// The process.
        process: Id,
        /// The nonce that was asked for.
        nonce: u64,
        /// The first nonce that is not taken.
        next: u64,
    },
    /// A message is not evaluated yet.
    #[error("message {nonce} of process {process} is not evaluated yet: wait for its result")]
    NotEvaluated {
        /// The process.
        process: Id,
        /// The nonce of the message.
        nonce: u64,
    },
    /// No process of this unit has such a message.
    #[error("message {0} is in the log of no process of this unit")]
    MessageUnknown(String),
    /// A cursor or a bound of a list does not read.
    #[error("{0:?} is neither a cursor that this unit gave nor a number")]
    CursorInvalid(String),
    /// Nothing that follows from this message waits.
    #[error("nothing that follows from {0} is paused: `paused` lists what is")]
    NotPaused(String),
    /// The process is here already.
    #[error("process {0} is in this unit already: it is not imported over itself")]
    ProcessExists(Id),
    /// A file is no exported process, or not a right one.
    #[error("this is not an exported process that can be taken in: {0}")]
    ExportInvalid(String),
    /// A message of a test is not what it should be.
    #[error("the message to be taken as it is is not valid: {0}")]
    ImpersonationInvalid(String),
    /// What only tests may do was asked of a unit that is not for tests.
    #[error("{0} is for tests: open the unit in memory, with testing set")]
    TestingOnly(&'static str),
    /// No message with this number waits.
    #[error("no message with number {0} waits to be delivered")]
    NotHeld(u64),
    /// A dry-run's message is not what it should be.
    #[error("the message of a dry-run is not valid: {0}")]
    DryRun(String),
    /// What the store holds does not read as what was written there.
    #[error("the stored log of process {process} cannot be read: {reason}")]
    LogCorrupt {
        /// The process whose log it is.
        process: Id,
        /// What is wrong with it.
        reason: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A machine could not be made.
    #[error(transparent)]
    Machine(#[from] MachineError),
    /// The unit was closed.
    #[error("the unit is closed: open it again")]
    Closed,
}

impl Error {
    /// A stable name of the cause, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Item(ao_data_item::Error::SignatureInvalid { .. }) => "SIGNATURE_INVALID",
            Self::Item(_) => "ITEM_INVALID",
            Self::NoTarget(_) => "NO_TARGET",
            Self::ProcessNotFound(_) => "PROCESS_NOT_FOUND",
            Self::MessageNotFound { .. } | Self::MessageUnknown(_) => "MESSAGE_NOT_FOUND",
            Self::ModuleUnknown { .. } => "MODULE_UNKNOWN",
            Self::ModuleInvalid { .. } => "MODULE_INVALID",
            Self::CronInvalid { .. } => "CRON_INVALID",
            Self::CronUnmatched { .. } => "CRON_UNMATCHED",
            Self::LimitInvalid { .. } => "LIMIT_INVALID",
            Self::ItemTooLarge { .. } => "ITEM_TOO_LARGE",
            Self::NonceNotFound { .. } => "NONCE_NOT_FOUND",
            Self::NotEvaluated { .. } => "NOT_EVALUATED",
            Self::CursorInvalid(_) => "CURSOR_INVALID",
            Self::NotPaused(_) => "NOT_PAUSED",
            Self::ProcessExists(_) => "PROCESS_EXISTS",
            Self::ExportInvalid(_) => "EXPORT_INVALID",
            Self::ImpersonationInvalid(_) => "IMPERSONATION_INVALID",
            Self::TestingOnly(_) => "TESTING_ONLY",
            Self::NotHeld(_) => "NOT_HELD",
            Self::DryRun(_) => "DRYRUN_INVALID",
            Self::LogCorrupt { .. } => "LOG_CORRUPT",
            Self::Store(error) => error.code(),
            Self::Machine(_) => "MACHINE_FAILED",
            Self::Closed => "CLOSED",
        }
    }
}
