//! A process in one piece: its log, its outcomes and its newest checkpoint, to be continued elsewhere.

mod check;
#[cfg(test)]
mod tests;

use ao_data_item::{DataItem, Id};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::assignment::Assignment;
use crate::outbound::Outbound;
use crate::outcome::Outcome;
use crate::process::Process;

/// What a file of this form begins with; the last byte is the version of the form.
const MAGIC: &[u8; 8] = b"ao-unit\x01";

/// A file is no larger than this when it is decompressed, in bytes …
const LARGEST: usize = 1 << 30;
/// … and no more times larger than it is compressed: LZ4 writes a byte for every so many.
const DENSEST: usize = 255;

/// A process with all that belongs to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Export {
    /// Its record.
    pub(crate) process: Process,
    /// What its module is called.
    pub(crate) module: String,
    /// The code of the machine that its checkpoint is of.
    pub(crate) stamp: [u8; 32],
    /// Its log.
    pub(crate) assignments: Vec<Assignment>,
    /// What came of it.
    pub(crate) outcomes: Vec<Outcome>,
    /// What it sent that found no process.
    pub(crate) outbound: Vec<Outbound>,
    /// The size in bytes of the memory that its checkpoint restores.
    pub(crate) memory: u64,
    /// Its state at the end of the log, as a checkpoint that stands alone.
    #[serde(with = "serde_bytes")]
    pub(crate) checkpoint: Vec<u8>,
}

impl Export {
    /// The process's id.
    pub fn id(&self) -> Id {
        self.process.id()
    }

    /// The file.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Postcard writes to memory: it fails for no type that an export has.
        let body = postcard::to_stdvec(self).unwrap_or_default();
        let body = lz4_flex::compress_prepend_size(&body);
        [MAGIC.as_slice(), &Sha256::digest(&body), &body].concat()
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// [`Error::ExportInvalid`] when it is no export, of another version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let invalid = |reason: &str| Error::ExportInvalid(reason.to_owned());
        let (magic, rest) = bytes
            .split_first_chunk::<8>()
            .ok_or_else(|| invalid("it is too short to be an exported process"))?;
        if magic[..7] != MAGIC[..7] {
            return Err(invalid("it does not begin as an exported process does"));
        }
        if magic != MAGIC {
            return Err(invalid(&format!(
                "its version is {}, and this unit reads version {}",
                magic[7], MAGIC[7]
            )));
        }
        let (sum, body) = rest
            .split_first_chunk::<32>()
            .ok_or_else(|| invalid("it ends within its checksum"))?;
        if Sha256::digest(body)[..] != sum[..] {
            return Err(invalid(
                "its checksum is wrong: it was damaged or cut short",
            ));
        }
        let body = decompress(body)?;
        postcard::from_bytes(&body).map_err(|error| invalid(&format!("it does not read: {error}")))
    }

    /// The data items that users signed.
    pub fn items(&self) -> impl Iterator<Item = Result<DataItem, Error>> {
        let items = self
            .assignments
            .iter()
            .filter_map(|assignment| assignment.message.item());
        items.map(|bytes| DataItem::parse(bytes).map_err(Error::from))
    }
}

/// Decompresses the body of a file. What it says of its own size is believed as far as it can be true.
fn decompress(body: &[u8]) -> Result<Vec<u8>, Error> {
    let invalid = |reason: String| Error::ExportInvalid(reason);
    let (size, block) = body
        .split_first_chunk()
        .ok_or_else(|| invalid("it has no body".to_owned()))?;
    let size = u32::from_le_bytes(*size) as usize;
    if size > LARGEST {
        return Err(invalid(format!(
            "it would be {size} bytes, and no more than {LARGEST} are read"
        )));
    }
    if size > block.len().saturating_mul(DENSEST) {
        return Err(invalid(format!(
            "it says that it is {size} bytes, which {} compressed ones cannot be",
            block.len()
        )));
    }
    lz4_flex::block::decompress(block, size)
        .map_err(|error| invalid(format!("it does not decompress: {error}")))
}
