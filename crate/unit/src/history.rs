//! What can be read of the past: the log, outcomes, what left the unit; and the proof that it holds.

use ao_data_item::{Id, Tag};
use serde::Serialize;

use crate::chain::Chain;
use crate::cursor::Sort;
use crate::json::{Fields, Raw};
use crate::outbound::Kind;

/// Which part of a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// What it begins behind: a cursor, or, of a log, a time or a nonce.
    pub from: Option<String>,
    /// Where it ends, inclusive.
    pub to: Option<String>,
    /// How many are wanted.
    pub limit: Option<u64>,
    /// Of results: the order, `ASC` if nothing is said.
    pub(crate) sort: Option<Sort>,
    /// Of a log: `nonce`, if `from` and `to` are nonces; otherwise they are times, in milliseconds.
    pub by: Option<String>,
}

impl Listing {
    /// Reads `{ from?, to?, limit?, sort?, by? }` from JSON text.
    ///
    /// # Errors
    ///
    /// Says what does not read.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fields = Fields::parse(text)?;
        let sort = fields.text("sort")?;
        Ok(Self {
            from: fields.text("from")?,
            to: fields.text("to")?,
            limit: fields.number("limit")?,
            sort: sort.as_deref().map(Sort::parse).transpose()?,
            by: fields.text("by")?,
        })
    }
}

/// A page of the log of a process, as the network's schedulers answer it.
#[derive(Debug, Serialize)]
pub struct LogPage {
    /// What there is beyond it.
    pub page_info: PageInfo,
    /// Its entries.
    pub edges: Vec<LogEdge>,
}

/// What there is beyond a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PageInfo {
    /// Whether there is more.
    pub has_next_page: bool,
}

/// An entry of a log, and the cursor that continues after it.
#[derive(Debug, Serialize)]
pub struct LogEdge {
    /// The entry.
    pub node: LogNode,
    /// Its nonce or its time, whichever the page goes by.
    pub cursor: String,
}

/// A message and its assignment.
#[derive(Debug, Serialize)]
pub struct LogNode {
    /// The message; none of one that is assigned to a process which it is not for.
    pub message: Option<LogItem>,
    /// Its assignment.
    pub assignment: LogItem,
    /// The message byte for byte: the data item as it was signed, or the body of what bears no signature.
    /// Empty where there is no message.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// A message that was looked for, where it was found.
#[derive(Debug, Serialize)]
pub struct Found {
    /// The process in whose log it is.
    pub process: Id,
    /// The message and its assignment.
    #[serde(flatten)]
    pub node: LogNode,
}

/// The unit's time, and the height of its chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ClockReading {
    /// In milliseconds since 1970.
    pub timestamp: u64,
    /// In blocks.
    pub height: u64,
    /// How the height comes about.
    pub chain: Chain,
}

/// A message or an assignment, field by field.
#[derive(Debug, Serialize)]
pub struct LogItem {
    /// Its id.
    pub id: Id,
    /// Who signed it, or delivered it.
    pub owner: LogOwner,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its body, as text.
    pub data: Option<String>,
    /// The signature; none of what this unit wrote itself.
    pub signature: String,
    /// Its anchor.
    pub anchor: Option<String>,
    /// Whom it is for.
    pub target: String,
}

/// Who signed something.
#[derive(Debug, Serialize)]
pub struct LogOwner {
    /// The address.
    pub address: String,
    /// The public key, in base64url; empty of what bears no signature.
    pub key: String,
}

/// A page of outcomes, as the network's compute units answer it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Results {
    /// What there is beyond it.
    pub page_info: ResultsInfo,
    /// The outcomes.
    pub edges: Vec<ResultEdge>,
}

/// What there is beyond a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultsInfo {
    /// Whether there is more.
    pub has_next_page: bool,
}

/// An outcome, and the cursor that continues after it.
#[derive(Debug, Serialize)]
pub struct ResultEdge {
    /// The outcome.
    pub node: Raw,
    /// Base64 of JSON `{timestamp, ordinate, cron, sort}`.
    pub cursor: String,
}

/// A part of the list of what a process sent that found no process here.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutboundPage {
    /// How many there are in all.
    pub total: u64,
    /// Those that were asked for.
    pub entries: Vec<OutboundEntry>,
}

/// Something that a process sent and that found no process here.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OutboundEntry {
    /// Its number in the list.
    pub number: u64,
    /// The nonce of the message whose outcome it is in.
    pub nonce: u64,
    /// `Message`, `Spawn` or `Assignment`.
    pub kind: Kind,
    /// Whom it is for.
    pub target: String,
    /// Why it was not delivered.
    pub reason: String,
    /// What was sent, as it stands in the outcome.
    pub sent: Raw,
}

/// A cause from which so much has followed that the rest waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PausedCause {
    /// The cause, as `resume` takes it.
    pub cause: String,
    /// How many messages wait.
    pub held: u64,
    /// The processes that they are for.
    pub processes: Vec<Id>,
}

/// A message on its way that waits to be let go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeldMessage {
    /// Its number, as `release` takes it: those that were sent earlier have lower ones.
    pub number: u64,
    /// What it follows from.
    pub cause: String,
    /// The process that sent it.
    pub from: Id,
    /// The process that it is for.
    pub process: Id,
    /// Its id.
    pub id: Id,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its body, as text.
    pub data: String,
}

/// What came of evaluating a log from nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Replayed {
    /// How many entries were evaluated.
    pub entries: u64,
    /// How many outcomes are other than the stored ones.
    pub different: u64,
    /// The first of them.
    pub first_difference: Option<Difference>,
    /// Whether the memory is, byte for byte, what the process has now.
    pub memory_is_equal: bool,
}

/// An outcome that is other than the stored one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The nonce of the message.
    pub nonce: u64,
    /// The stored outcome.
    pub stored: String,
    /// What came of it now.
    pub replayed: String,
}
