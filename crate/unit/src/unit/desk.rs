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
    Spawn { process: Process, item: DataItem, reply: Reply<Accepted> },
    Message { process: ao_data_item::Id, item: DataItem, reply: Reply<Accepted> },
    Result { process: String, message: String, reply: Reply<Outcome> },
    DryRun { process: String, content: Content, reply: Reply<Outcome> },
    Processes { reply: Reply<Vec<ProcessSummary>> },
}
