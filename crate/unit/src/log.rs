//! A process's log in segments: appended to in memory, written by the batch.
//!
//! The last segment of each part grows until it is full, and is written again with each batch that adds to
//! it. So a log of small batches does not become a heap of small records.

use std::collections::HashMap;

use ao_data_item::Id;
use serde::de::DeserializeOwned;

use crate::Error;
use crate::assignment::Assignment;
use crate::outcome::Outcome;
use crate::store::{Batch, Part, Segment, Store};

/// A segment that has grown to this many bytes is closed.
const FULL: usize = 32 * 1024;

/// Enough of a message's id to tell it from any other.
type ShortId = [u8; 16];

/// The growing end of a process's log, and where its messages are.
#[derive(Debug)]
pub(crate) struct Log {
    process: Id,
    assignments: Tail,
    outcomes: Tail,
    ids: Tail,
    nonces: HashMap<ShortId, u64>,
}

impl Log {
    /// The log of a process that has none yet.
    pub(crate) fn empty(process: Id) -> Self {
        Self {
            process,
            assignments: Tail::default(),
            outcomes: Tail::default(),
            ids: Tail::default(),
            nonces: HashMap::new(),
        }
    }

    /// Reads the end of a stored log with `length` assignments, `evaluated` of which have outcomes.
    pub(crate) async fn load(
        store: &impl Store,
        process: Id,
        length: u64,
        evaluated: u64,
    ) -> Result<Self, Error> {
        let mut log = Self::empty(process);
        log.assignments = Tail::load(store, process, Part::Assignments, length).await?;
        log.outcomes = Tail::load(store, process, Part::Outcomes, evaluated).await?;
        let segments = store.segments(process, Part::Ids, 0, length).await?;
        for segment in &segments {
            for (nonce, id) in (segment.first..).zip(segment.bytes.as_chunks().0) {
                log.nonces.insert(*id, nonce);
            }
        }
        if log.nonces.len() as u64 != length {
            let reason = format!("{} ids of {length} are there", log.nonces.len());
            return Err(Error::LogCorrupt { process, reason });
        }
        log.ids = Tail::of(segments, length);
        Ok(log)
    }

    /// The nonce of a message.
    pub(crate) fn nonce_of(&self, message: Id) -> Option<u64> {
        self.nonces.get(&short(message)).copied()
    }

    /// The outcome of a nonce, if it is recent enough to be in memory.
    pub(crate) fn recent_outcome(&self, nonce: u64) -> Option<Outcome> {
        let index = nonce.checked_sub(self.outcomes.first)?;
        let mut entries = Entries(&self.outcomes.bytes);
        postcard::from_bytes(entries.nth(usize::try_from(index).ok()?)?.ok()?).ok()
    }

    pub(crate) fn append_assignment(&mut self, assignment: &Assignment, id: Id) {
        self.assignments.append(&packed(assignment));
        self.ids.append(&short(id));
        self.nonces.insert(short(id), assignment.place.nonce);
    }

    pub(crate) fn append_outcome(&mut self, outcome: &Outcome) {
        self.outcomes.append(&packed(outcome));
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

fn short(id: Id) -> ShortId {
    let mut short = [0; 16];
    short.copy_from_slice(&id.0[..16]);
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
