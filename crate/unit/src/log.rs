//! A process's log in segments: appended to in memory, written by the batch.
//!
//! The last segment of each part grows until it is full, and is written again with each batch that adds to
//! it. So a log of small batches does not become a heap of small records.

use std::collections::HashMap;

use ao_data_item::{DataItem, Id};
use serde::de::DeserializeOwned;

use crate::Error;
use crate::assignment::{Assignment, Place};
use crate::content_hash::content_hash;
use crate::message::Message;
use crate::outbound::Outbound;
use crate::outcome::Outcome;
use crate::process::Process;
use crate::store::{Batch, Part, Segment, Store};

/// A segment that has grown to this many bytes is closed.
const FULL: usize = 32 * 1024;

/// So many entries of a log are read into memory at once by what goes through all of it.
pub(crate) const ENTRIES_AT_ONCE: u64 = 256;

/// Enough of a message's id, or of the hash of its content, to tell it from any other.
type Key = [u8; 16];

/// The growing end of a process's log, and where its messages are.
#[derive(Debug)]
pub(crate) struct Log {
    process: Id,
    assignments: Tail,
    outcomes: Tail,
    ids: Tail,
    outbound: Tail,
    /// Entries by the ids of their messages.
    by_id: HashMap<Key, u64>,
    /// Entries of forwarded messages by what they say, whoever signed them.
    by_content: HashMap<Key, u64>,
}

/// By what an entry is found again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryKeys {
    /// The message's id.
    pub(crate) id: Id,
    /// The hash of what it says, if a user signed it and an authority of the process forwards it: it counts
    /// once, however often it is signed. What a unit delivers has an id that says the same.
    pub(crate) content: Option<[u8; 48]>,
}

impl EntryKeys {
    /// The keys of a message that is assigned to a process, under the id that the process has then.
    pub(crate) fn of(
        process: &Process,
        own: Id,
        message: &Message,
        timestamp: u64,
    ) -> Result<Self, Error> {
        let id = match message {
            Message::Sent(sent) => Id(sent.id),
            Message::Assigned(_) => message.content()?.id,
            Message::Cron(tick) => Id::of(format!("cron {own} {timestamp} {}", tick.id).as_bytes()),
            Message::Item(bytes) => {
                return Ok(Self::of_item(process, &DataItem::parse(bytes.as_slice())?));
            }
        };
        Ok(Self { id, content: None })
    }

    /// The keys of an item that is assigned to a process.
    pub(crate) fn of_item(process: &Process, item: &DataItem) -> Self {
        let is_forwarded = item.tag("From-Process").is_some()
            && process.authorities().contains(&item.address().to_string());
        let content = is_forwarded.then(|| {
            let target = item.target().unwrap_or(Id([0; 32]));
            let anchor = item.anchor().map_or(&[][..], <[u8; 32]>::as_slice);
            content_hash(target, anchor, item.tags(), item.data())
        });
        Self {
            id: item.id(),
            content,
        }
    }
}

impl Log {
    /// The log of a process that has none yet.
    pub(crate) fn empty(process: Id) -> Self {
        Self {
            process,
            assignments: Tail::default(),
            outcomes: Tail::default(),
            ids: Tail::default(),
            outbound: Tail::default(),
            by_id: HashMap::new(),
            by_content: HashMap::new(),
        }
    }

    /// Reads the end of a process's stored log.
    pub(crate) async fn load(store: &impl Store, of: &Process) -> Result<Self, Error> {
        let process = of.id();
        let mut log = Self::empty(process);
        log.assignments = Tail::load(store, process, Part::Assignments, of.length).await?;
        log.outcomes = Tail::load(store, process, Part::Outcomes, of.evaluated).await?;
        log.outbound = Tail::load(store, process, Part::Outbound, of.outbound).await?;
        let segments = store.segments(process, Part::Ids, 0, of.length).await?;
        for segment in &segments {
            let keys = segment.bytes.as_chunks().0;
            for (index, [id, content]) in (segment.first..).zip(keys.as_chunks().0) {
                log.find_by(index, *id, *content);
            }
        }
        if log.by_id.len() as u64 != of.length {
            let reason = format!("{} ids of {} are there", log.by_id.len(), of.length);
            return Err(Error::LogCorrupt { process, reason });
        }
        log.ids = Tail::of(segments, of.length);
        Ok(log)
    }

    /// The entry of a message.
    pub(crate) fn index_of(&self, message: Id) -> Option<u64> {
        self.by_id.get(&short(&message.0)).copied()
    }

    /// The entry of a message that is the same, or, of a forwarded one, says the same.
    pub(crate) fn index_of_same(&self, keys: &EntryKeys) -> Option<u64> {
        let content = keys.content.map(|hash| short(&hash));
        let said = content.and_then(|content| self.by_content.get(&content));
        self.index_of(keys.id).or(said.copied())
    }

    /// The outcome of an entry, if it is recent enough to be in memory.
    pub(crate) fn recent_outcome(&self, index: u64) -> Option<Outcome> {
        let index = index.checked_sub(self.outcomes.first)?;
        let mut entries = Entries(&self.outcomes.bytes);
        postcard::from_bytes(entries.nth(usize::try_from(index).ok()?)?.ok()?).ok()
    }

    pub(crate) fn append_assignment(&mut self, assignment: &Assignment, keys: &EntryKeys) {
        let index = self.assignments.next;
        let content = keys.content.map_or([0; 16], |hash| short(&hash));
        let id = short(&keys.id.0);
        self.assignments.append(&packed(assignment));
        self.ids.append(&[id, content].concat());
        self.find_by(index, id, content);
    }

    pub(crate) fn append_outcome(&mut self, outcome: &Outcome) {
        self.outcomes.append(&packed(outcome));
    }

    pub(crate) fn append_outbound(&mut self, outbound: &Outbound) {
        self.outbound.append(&packed(outbound));
    }

    fn find_by(&mut self, index: u64, id: Key, content: Key) {
        self.by_id.insert(id, index);
        if content != [0; 16] {
            self.by_content.insert(content, index);
        }
    }

    /// Adds what has grown since the last call to a batch.
    pub(crate) fn write_to(&mut self, batch: &mut Batch) {
        for part in Part::ALL {
            let process = self.process;
            let segments = self.tail(part).grown();
            batch
                .segments
                .extend(segments.map(|segment| (process, part, segment)));
        }
    }

    fn tail(&mut self, part: Part) -> &mut Tail {
        match part {
            Part::Assignments => &mut self.assignments,
            Part::Outcomes => &mut self.outcomes,
            Part::Ids => &mut self.ids,
            Part::Outbound => &mut self.outbound,
        }
    }
}

/// Reads the assignments `from..to` of a stored log.
pub(crate) async fn read_assignments(
    store: &impl Store,
    process: Id,
    from: u64,
    to: u64,
) -> Result<Vec<Assignment>, Error> {
    read(store, process, Part::Assignments, from, to).await
}

/// Reads the outcomes `from..to` of a stored log.
pub(crate) async fn read_outcomes(
    store: &impl Store,
    process: Id,
    from: u64,
    to: u64,
) -> Result<Vec<Outcome>, Error> {
    read(store, process, Part::Outcomes, from, to).await
}

/// Reads the things `from..to` that a process sent and that found no process here.
pub(crate) async fn read_outbound(
    store: &impl Store,
    process: Id,
    from: u64,
    to: u64,
) -> Result<Vec<Outbound>, Error> {
    read(store, process, Part::Outbound, from, to).await
}

/// The first entry of a log with `length` entries whose place is not before what `is_before` says.
pub(crate) async fn first_entry(
    store: &impl Store,
    process: Id,
    length: u64,
    is_before: impl Fn(&Place) -> bool,
) -> Result<u64, Error> {
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = low + (high - low) / 2;
        let entry = read_assignments(store, process, middle, middle + 1).await?;
        if is_before(&entry[0].place) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

async fn read<T: DeserializeOwned>(
    store: &impl Store,
    process: Id,
    part: Part,
    from: u64,
    to: u64,
) -> Result<Vec<T>, Error> {
    if from >= to {
        return Ok(Vec::new());
    }
    let corrupt = |reason: String| Error::LogCorrupt { process, reason };
    let mut entries = Vec::new();
    for segment in store.segments(process, part, from, to - 1).await? {
        let unpacked = unpack(&segment.bytes).map_err(corrupt)?;
        let numbered = (segment.first..).zip(unpacked);
        entries.extend(
            numbered
                .filter(|(nonce, _)| (from..to).contains(nonce))
                .map(|(_, entry)| entry),
        );
    }
    if entries.len() as u64 != to - from {
        return Err(corrupt(format!(
            "{part:?} {from} to {to} are not all there"
        )));
    }
    Ok(entries)
}

/// The last segment of a part, and those that were closed since they were written.
#[derive(Debug, Default)]
struct Tail {
    closed: Vec<Segment>,
    first: u64,
    next: u64,
    bytes: Vec<u8>,
    has_grown: bool,
}

impl Tail {
    async fn load(store: &impl Store, process: Id, part: Part, next: u64) -> Result<Self, Error> {
        let Some(last) = next.checked_sub(1) else {
            return Ok(Self::default());
        };
        Ok(Self::of(
            store.segments(process, part, last, last).await?,
            next,
        ))
    }

    fn of(mut segments: Vec<Segment>, next: u64) -> Self {
        let last = segments.pop().unwrap_or(Segment {
            first: next,
            bytes: Vec::new(),
        });
        Self {
            first: last.first,
            next,
            bytes: last.bytes,
            ..Self::default()
        }
    }

    fn append(&mut self, entry: &[u8]) {
        if self.bytes.len() >= FULL {
            let bytes = std::mem::take(&mut self.bytes);
            if self.has_grown {
                self.closed.push(Segment {
                    first: self.first,
                    bytes,
                });
            }
            self.first = self.next;
        }
        self.bytes.extend_from_slice(entry);
        self.next += 1;
        self.has_grown = true;
    }

    fn grown(&mut self) -> impl Iterator<Item = Segment> + use<> {
        let open = self.has_grown.then(|| Segment {
            first: self.first,
            bytes: self.bytes.clone(),
        });
        self.has_grown = false;
        std::mem::take(&mut self.closed).into_iter().chain(open)
    }
}

fn short(hash: &[u8]) -> Key {
    let mut short = [0; 16];
    short.copy_from_slice(&hash[..16]);
    short
}

/// An entry with its length before it.
fn packed(entry: &impl serde::Serialize) -> Vec<u8> {
    // Postcard writes to memory: it fails for no type that the log has.
    let body = postcard::to_stdvec(entry).unwrap_or_default();
    let mut packed = Vec::with_capacity(body.len() + 4);
    packed.extend_from_slice(&(body.len() as u32).to_le_bytes());
    packed.extend_from_slice(&body);
    packed
}

fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<Vec<T>, String> {
    Entries(bytes)
        .map(|body| postcard::from_bytes(body?).map_err(|error| error.to_string()))
        .collect()
}

/// The entries of a segment, still packed.
struct Entries<'a>(&'a [u8]);

impl<'a> Iterator for Entries<'a> {
    type Item = Result<&'a [u8], String>;

    fn next(&mut self) -> Option<Self::Item> {
        let (length, rest) = self.0.split_first_chunk()?;
        let length = u32::from_le_bytes(*length) as usize;
        let Some((body, rest)) = rest.split_at_checked(length) else {
            self.0 = &[];
            return Some(Err("a segment is cut short".to_owned()));
        };
        self.0 = rest;
        Some(Ok(body))
    }
}
