//! Capturing: from a machine to a checkpoint.

use crate::machine::Machine;
use crate::store::Checkpoint;

use super::chain::Chain;
use super::encoding::{Header, PAGES_PER_BLOCK, Run, Writer};
use super::pages::{Baseline, PAGE};

/// So many bytes of a machine's memory are looked at at once: more would leave the processor's cache
/// before they are hashed, less would cost a call for too little.
const WINDOW: usize = 64 * PAGE;

/// What was captured.
#[derive(Clone, Debug)]
pub struct Capture {
    /// To be stored, in the same batch as the log that it goes with.
    pub checkpoint: Checkpoint,
    /// What the next checkpoint of the process is captured against, once this one is stored.
    pub baseline: Baseline,
}

/// Captures what a machine, which runs the code of this `stamp` and has evaluated `at` entries of its log,
/// is now: all of it, or what differs from `since`.
///
/// It is all of it when there is nothing to build on, when the chain has become too long, or when the
/// memory is smaller than it was.
pub fn capture<M: Machine>(machine: &M, stamp: [u8; 32], at: u64, since: &Baseline) -> Capture {
    let memory = machine.memory();
    let pages = memory.div_ceil(PAGE);
    let goes_on = |chain: &Chain| {
        // One in the same place would overwrite what it builds on.
        chain.at < at && !chain.is_worn() && since.hashes.len() <= pages
    };
    let chain = since.chain.filter(goes_on);
    let forgotten;
    let since = match chain {
        Some(_) => since,
        None => {
            forgotten = since.forgotten();
            &forgotten
        }
    };

    let header = Header {
        stamp,
        at,
        base: chain.map_or(at, |chain| chain.base),
        previous: chain.map_or(at, |chain| chain.at),
        link: chain.map_or(0, |chain| chain.checksum),
        memory: memory as u64,
    };
    let mut changes = Changes::new(&header);
    let mut hashes = Vec::with_capacity(pages);
    let mut window = vec![0; WINDOW.min(memory)];
    for offset in (0..memory).step_by(WINDOW) {
        let window = &mut window[..WINDOW.min(memory - offset)];
        machine.read(offset, window);
        for content in window.chunks(PAGE) {
            let (page, hash) = (hashes.len(), since.hash(content));
            if hash != since.before(page) {
                changes.add(page as u32, content, hash == since.zero());
            }
            hashes.push(hash);
        }
    }

    let (bytes, checksum) = changes.finish();
    let size = bytes.len() as u64;
    let chain = match chain {
        Some(chain) => chain.with(at, checksum, size),
        None => Chain::begin(at, checksum, size),
    };
    Capture {
        checkpoint: Checkpoint {
            at,
            base: header.base,
            memory: header.memory,
            bytes,
        },
        baseline: since.with(hashes, Some(chain)),
    }
}

/// Pages that changed, gathered until they are worth a block.
struct Changes {
    writer: Writer,
    runs: Vec<Run>,
    content: Vec<u8>,
    zeros: Vec<Run>,
}

impl Changes {
    fn new(header: &Header) -> Self {
        Self {
            writer: Writer::new(header),
            runs: Vec::new(),
            content: Vec::with_capacity(PAGES_PER_BLOCK * PAGE),
            zeros: Vec::new(),
        }
    }

    fn add(&mut self, page: u32, content: &[u8], is_zero: bool) {
        if is_zero {
            extend(&mut self.zeros, page);
            return;
        }
        extend(&mut self.runs, page);
        self.content.extend_from_slice(content);
        if self.content.len() >= PAGES_PER_BLOCK * PAGE {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if !self.runs.is_empty() {
            self.writer.pages(&self.runs, &self.content);
            self.runs.clear();
            self.content.clear();
        }
    }

    fn finish(mut self) -> (Vec<u8>, u64) {
        self.flush();
        self.writer.zeros(&self.zeros);
        self.writer.finish()
    }
}

/// Adds a page to runs, to the last of them if it is the next.
fn extend(runs: &mut Vec<Run>, page: u32) {
    match runs.last_mut() {
        Some((first, count)) if *first + *count == page => *count += 1,
        _ => runs.push((page, 1)),
    }
}
