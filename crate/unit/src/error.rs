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
            Self::MessageNotFound { .. } => "MESSAGE_NOT_FOUND",
            Self::ModuleUnknown { .. } => "MODULE_UNKNOWN",
            Self::DryRun(_) => "DRYRUN_INVALID",
            Self::LogCorrupt { .. } => "LOG_CORRUPT",
            Self::Store(error) => error.code(),
            Self::Machine(_) => "MACHINE_FAILED",
            Self::Closed => "CLOSED",
        }
    }
}
