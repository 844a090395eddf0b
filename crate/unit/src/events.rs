//! What happens in a unit, told to those who subscribed, when it is durable.

use ao_data_item::Id;
use serde::Serialize;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Event {
    /// A message has its place in the log of a process.
    Assigned {
        /// The process.
        process: Id,
        /// The message's id.
        message: Id,
        /// Its nonce.
        nonce: u64,
    },
    /// A message was evaluated.
    Evaluated {
        /// The process.
        process: Id,
        /// The message's id.
        message: Id,
        /// Its nonce.
        nonce: u64,
        /// Whether it is a tick of the process's cron, which comes after the message of this nonce.
        cron: bool,
        /// Whether the process failed, and its state stayed as it was.
        failed: bool,
        /// The gas that it took.
        gas: u64,
    },
    /// What a process sent is in the log of another.
    Delivered {
        /// The process that sent it.
        from: Id,
        /// The process that it is for.
        process: Id,
        /// The message's id.
        message: Id,
    },
    /// What a process sent is for nobody here.
    Outbound {
        /// The process that sent it.
        process: Id,
        /// The nonce of the message whose outcome it is in.
        nonce: u64,
        /// Whom it is for.
        target: String,
        /// Why it was not delivered.
        reason: String,
    },
    /// A process was deleted.
    Removed {
        /// The process.
        process: Id,
    },
    /// So much has followed from one cause that the rest waits until it is resumed.
    Paused {
        /// The cause: the id of the message that a user signed, as `resume` takes it.
        cause: String,
        /// How much may follow before a pause.
        allowance: u64,
    },
    /// A cause that had been paused goes on.
    Resumed {
        /// The cause.
        cause: String,
    },
    /// Ticks of a process's cron came while nobody looked, too many to be made up for.
    CronPassedOver {
        /// The process.
        process: Id,
        /// How many ticks will not be evaluated.
        count: u64,
    },
    /// An interval of a process's cron is of a form that the network cannot read: it never comes.
    CronSilent {
        /// The process, which is new.
        process: Id,
        /// What its tag says.
        interval: String,
    },
    /// A checkpoint was written.
    Checkpointed {
        /// The process.
        process: Id,
        /// The nonce of the last message that it holds.
        nonce: u64,
        /// Its size, in bytes.
        bytes: u64,
    },
    /// A checkpoint is of no use, and was deleted: the log is evaluated instead.
    CheckpointDiscarded {
        /// The process.
        process: Id,
        /// The nonce of the last message that it held.
        nonce: u64,
        /// What was wrong with it.
        reason: String,
    },
    /// An entry of the log came to something else when it was evaluated anew than it did before.
    OutcomeDiffers {
        /// The process.
        process: Id,
        /// The nonce of the message.
        nonce: u64,
    },
    /// Something went wrong that no request will hear of.
    Error {
        /// The process that it concerns, if it concerns one.
        process: Option<Id>,
        /// A stable name of what happened.
        code: &'static str,
        /// What happened, and what becomes of it.
        message: String,
    },
}

impl Event {
    /// What went wrong, with a process if it concerns one.
    pub(crate) fn error(process: Option<Id>, error: &crate::Error) -> Self {
        Self::Error {
            process,
            code: error.code(),
            message: error.to_string(),
        }
    }
}
