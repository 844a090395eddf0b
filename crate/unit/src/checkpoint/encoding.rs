//! A checkpoint as bytes: a header, blocks of pages, a checksum over all of it. Numbers are little-endian.
//!
//! ```text
//! checkpoint  = "aocp" 1 header block* checksum:u64
//! header      = stamp:[u8;32] at:u64 base:u64 previous:u64 link:u64 memory:u64
//! block       = kind:u8 runs:u16 (first:u32 count:u32){runs} [length:u32 bytes]
//! ```
//!
//! A block names its pages as runs. One of kind 0 says that they are zero and has no bytes; of kind 1, its
//! bytes are the pages; of kind 2, the pages compressed by LZ4.

use lz4_flex::block::{compress_into, decompress_into, get_maximum_output_size};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::damage::Damage;
use super::pages::PAGE;

const MAGIC: &[u8] = b"aocp\x01";

/// So many pages are compressed together.
pub(super) const PAGES_PER_BLOCK: usize = 16;

const ZERO: u8 = 0;
const RAW: u8 = 1;
const PACKED: u8 = 2;

/// What a checkpoint says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) stamp: [u8; 32],
    pub(super) at: u64,
    pub(super) base: u64,
    /// Where the one before is, and its checksum; of a base, its own place, and 0.
    pub(super) previous: u64,
    pub(super) link: u64,
    pub(super) memory: u64,
}

/// Consecutive pages: the first, and how many.
pub(super) type Run = (u32, u32);

pub(super) struct Writer {
    bytes: Vec<u8>,
    packed: Vec<u8>,
}

impl Writer {
    pub(super) fn new(header: &Header) -> Self {
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&header.stamp);
        for number in [
            header.at,
            header.base,
            header.previous,
            header.link,
            header.memory,
        ] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        let packed = vec![0; get_maximum_output_size(PAGES_PER_BLOCK * PAGE)];
        Self { bytes, packed }
    }

    /// Writes pages and what is in them, at most [`PAGES_PER_BLOCK`].
    pub(super) fn pages(&mut self, runs: &[Run], content: &[u8]) {
        // It fails only where the output may be larger than what is kept free for it.
        let length = compress_into(content, &mut self.packed).unwrap_or(usize::MAX);
        let is_smaller = length < content.len();
        self.runs(if is_smaller { PACKED } else { RAW }, runs);
        let content = if is_smaller {
            &self.packed[..length]
        } else {
            content
        };
        self.bytes
            .extend_from_slice(&(content.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(content);
    }

    /// Writes that pages are zero.
    pub(super) fn zeros(&mut self, runs: &[Run]) {
        for runs in runs.chunks(usize::from(u16::MAX)) {
            self.runs(ZERO, runs);
        }
    }

    /// The whole, and its checksum.
    pub(super) fn finish(mut self) -> (Vec<u8>, u64) {
        let checksum = checksum(&self.bytes);
        self.bytes.extend_from_slice(&checksum.to_le_bytes());
        (self.bytes, checksum)
    }

    fn runs(&mut self, kind: u8, runs: &[Run]) {
        self.bytes.push(kind);
        self.bytes
            .extend_from_slice(&(runs.len() as u16).to_le_bytes());
        for (first, count) in runs {
            self.bytes.extend_from_slice(&first.to_le_bytes());
            self.bytes.extend_from_slice(&count.to_le_bytes());
        }
    }
}

/// Reads a checkpoint whose checksum is right.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    pub(super) header: Header,
    pub(super) checksum: u64,
    unpacked: Vec<u8>,
}

/// Pages that a checkpoint has.
pub(super) struct Block<'b> {
    pub(super) runs: Vec<Run>,
    /// What is in them, one behind the other; `None` when they are zero.
    pub(super) content: Option<&'b [u8]>,
}

impl<'a> Reader<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Damage> {
        let end = Damage::Truncated { at: bytes.len() };
        let (bytes, written) = bytes.split_last_chunk().ok_or(end)?;
        let expected = u64::from_le_bytes(*written);
        let found = checksum(bytes);
        if found != expected {
            return Err(Damage::Checksum { expected, found });
        }
        let mut reader = Self {
            bytes,
            at: 0,
            header: Header {
                stamp: [0; 32],
                at: 0,
                base: 0,
                previous: 0,
                link: 0,
                memory: 0,
            },
            checksum: expected,
            unpacked: Vec::new(),
        };
        if reader.take(MAGIC.len())? != MAGIC {
            return Err(Damage::Truncated { at: 0 });
        }
        reader.header = Header {
            stamp: reader.array()?,
            at: u64::from_le_bytes(reader.array()?),
            base: u64::from_le_bytes(reader.array()?),
            previous: u64::from_le_bytes(reader.array()?),
            link: u64::from_le_bytes(reader.array()?),
            memory: u64::from_le_bytes(reader.array()?),
        };
        Ok(reader)
    }

    /// How many bytes it has in all.
    pub(super) fn size(&self) -> u64 {
        (self.bytes.len() + size_of_val(&self.checksum)) as u64
    }

    /// The next block, of pages that lie within the memory.
    pub(super) fn next(&mut self) -> Result<Option<Block<'_>>, Damage> {
        if self.at == self.bytes.len() {
            return Ok(None);
        }
        let damage = Damage::Truncated { at: self.at };
        let [kind] = self.array()?;
        let count = u16::from_le_bytes(self.array()?);
        let mut runs = Vec::with_capacity(usize::from(count));
        let mut size = 0;
        for _ in 0..count {
            let first = u32::from_le_bytes(self.array()?);
            let count = u32::from_le_bytes(self.array()?);
            let (from, to) = (bytes_of(first), bytes_of(first) + bytes_of(count));
            if count == 0 || to - PAGE as u64 >= self.header.memory {
                return Err(damage);
            }
            size += to.min(self.header.memory) - from;
            runs.push((first, count));
        }
        if kind == ZERO {
            let content = None;
            return Ok(Some(Block { runs, content }));
        }
        let length = u32::from_le_bytes(self.array()?) as usize;
        let content = self.take(length)?;
        if size > (PAGES_PER_BLOCK * PAGE) as u64 {
            return Err(damage);
        }
        let content = if kind == RAW {
            content
        } else {
            self.unpacked.resize(size as usize, 0);
            let unpacked = decompress_into(content, &mut self.unpacked).map_err(|_| damage)?;
            &self.unpacked[..unpacked]
        };
        if content.len() as u64 != size || ![RAW, PACKED].contains(&kind) {
            return Err(damage);
        }
        let content = Some(content);
        Ok(Some(Block { runs, content }))
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Damage> {
        let end = self.at.saturating_add(length);
        let taken = self.bytes.get(self.at..end);
        let taken = taken.ok_or(Damage::Truncated { at: self.at })?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Damage> {
        let at = self.at;
        let taken = self.take(N)?.try_into();
        taken.map_err(|_| Damage::Truncated { at })
    }
}

fn checksum(bytes: &[u8]) -> u64 {
    xxh3_64_with_seed(bytes, 0)
}

fn bytes_of(pages: u32) -> u64 {
    u64::from(pages) * PAGE as u64
}
