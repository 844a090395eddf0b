//! What is asked of the unit, on its way to the one task that does the work.

use ao_data_item::DataItem;
use futures::channel::oneshot;

use crate::Error;
use crate::message::Content;
use crate::outcome::Outcome;
use crate::process::{Process, ProcessSummary};

use super::Accepted;

/// Where an answer goes. Whoever asked may have gone: then it goes nowhere.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, Error>>;

/// One request.
#[derive(Debug)]
pub(crate) enum Job {
    Spawn {
        process: Process,
        item: DataItem,
        reply: Reply<Accepted>,
    },
    Message {
        process: ao_data_item::Id,
        item: DataItem,
        reply: Reply<Accepted>,
    },
    Result {
        process: String,
        message: String,
        reply: Reply<Outcome>,
    },
    DryRun {
        process: String,
        content: Content,
        reply: Reply<Outcome>,
    },
    Processes {
        reply: Reply<Vec<ProcessSummary>>,
    },
}

impl Job {
    /// Tells whoever asked that it cannot be done.
    pub(crate) fn refuse(self, error: Error) {
        match self {
            Self::Spawn { reply, .. } | Self::Message { reply, .. } => answer(reply, Err(error)),
            Self::Result { reply, .. } | Self::DryRun { reply, .. } => answer(reply, Err(error)),
            Self::Processes { reply } => answer(reply, Err(error)),
        }
    }
}

/// Answers a request. Whoever asked may have gone.
pub(crate) fn answer<T>(reply: Reply<T>, with: Result<T, Error>) {
    let _ = reply.send(with);
}
