//! What is asked of the unit, on its way to the one task that does the work.

use ao_data_item::{DataItem, Id};
use futures::channel::{mpsc, oneshot};

use crate::Error;
use crate::events::Event;
use crate::export::Export;
use crate::history::{
    ClockReading, Found, HeldMessage, Listing, LogPage, OutboundPage, PausedCause, Replayed,
    Results,
};
use crate::message::{Content, Sent};
use crate::modules::ModuleSummary;
use crate::outcome::Outcome;
use crate::process::{Process, ProcessSummary};

use super::{Accepted, Checkpointed};

/// Where an answer goes. Whoever asked may have gone: then it goes nowhere.
pub(crate) type Reply<T> = oneshot::Sender<Result<T, Error>>;

/// Where events go: those of one commit at a time.
pub(crate) type Listener = mpsc::UnboundedSender<Vec<Event>>;

/// One request.
#[derive(Debug)]
pub(crate) enum Job {
    /// To write something into a log.
    Write(Box<Write>),
    /// To answer from what is durable.
    Read(Box<Read>),
    /// To tell what happens from now on.
    Subscribe(Listener),
}

impl Job {
    /// Whether it only adds to a log, or is answered later. Whatever else is done at once must find all durable.
    pub(crate) fn takes_its_turn(&self) -> bool {
        match self {
            Self::Subscribe(_) | Self::Read(_) => true,
            Self::Write(write) => matches!(**write, Write::Spawn { .. } | Write::Message { .. }),
        }
    }
}

#[derive(Debug)]
pub(crate) enum Write {
    Spawn {
        process: Box<Process>,
        item: DataItem,
        reply: Reply<Accepted>,
    },
    Message {
        process: Id,
        item: DataItem,
        reply: Reply<Accepted>,
    },
    Assign {
        process: String,
        message: String,
        exclude: Vec<String>,
        reply: Reply<Accepted>,
    },
    Impersonate {
        sent: Box<Sent>,
        reply: Reply<Accepted>,
    },
    Register {
        module: String,
        name: String,
        reply: Reply<()>,
    },
    Hold {
        on: bool,
        reply: Reply<u64>,
    },
    Release {
        number: u64,
        reply: Reply<()>,
    },
    Monitor {
        process: String,
        on: bool,
        reply: Reply<()>,
    },
    Advance {
        milliseconds: u64,
        reply: Reply<ClockReading>,
    },
    Remove {
        process: String,
        reply: Reply<()>,
    },
    Resume {
        cause: String,
        reply: Reply<u64>,
    },
    Checkpoint {
        process: String,
        reply: Reply<Checkpointed>,
    },
    Fork {
        process: String,
        nonce: Option<u64>,
        reply: Reply<Id>,
    },
    Import {
        export: Box<Export>,
        trusts_checkpoint: bool,
        reply: Reply<Id>,
    },
}

#[derive(Debug)]
pub(crate) enum Read {
    Result {
        process: String,
        message: String,
        reply: Reply<Outcome>,
    },
    DryRun {
        process: String,
        at: Option<u64>,
        content: Content<'static>,
        reply: Reply<Outcome>,
    },
    OutcomeAt {
        process: String,
        nonce: u64,
        reply: Reply<Outcome>,
    },
    Processes {
        reply: Reply<Vec<ProcessSummary>>,
    },
    Modules {
        reply: Reply<Vec<ModuleSummary>>,
    },
    Clock {
        reply: Reply<ClockReading>,
    },
    Find {
        message: String,
        process: Option<String>,
        reply: Reply<Option<Found>>,
    },
    Held {
        reply: Reply<Vec<HeldMessage>>,
    },
    Settled {
        reply: Reply<()>,
    },
    Results {
        process: String,
        listing: Listing,
        reply: Reply<Results>,
    },
    Log {
        process: String,
        listing: Listing,
        reply: Reply<LogPage>,
    },
    Outbound {
        process: String,
        from: u64,
        limit: u64,
        reply: Reply<OutboundPage>,
    },
    Paused {
        reply: Reply<Vec<PausedCause>>,
    },
    Replay {
        process: String,
        reply: Reply<Replayed>,
    },
    Export {
        process: String,
        reply: Reply<Export>,
    },
}

/// Answers whatever is asked in a variant of any of these, by one expression.
macro_rules! refuse {
    ($self:ident, $error:ident, $($variant:ident),+) => {
        match $self {
            $(Self::$variant { reply, .. } => answer(reply, Err($error)),)+
        }
    };
}

impl Write {
    pub(crate) fn refuse(self, error: Error) {
        refuse!(
            self,
            error,
            Spawn,
            Message,
            Assign,
            Impersonate,
            Register,
            Hold,
            Release,
            Monitor,
            Advance,
            Remove,
            Resume,
            Checkpoint,
            Fork,
            Import
        );
    }
}

impl Read {
    pub(crate) fn refuse(self, error: Error) {
        refuse!(
            self, error, Result, DryRun, OutcomeAt, Processes, Modules, Clock, Find, Held, Settled,
            Results, Log, Outbound, Paused, Replay, Export
        );
    }
}

/// Answers a request. Whoever asked may have gone.
pub(crate) fn answer<T>(reply: Reply<T>, with: Result<T, Error>) {
    let _ = reply.send(with);
}
