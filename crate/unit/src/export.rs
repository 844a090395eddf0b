//! A process in one piece: its log, its outcomes and its newest checkpoint, to be continued elsewhere.

use ao_data_item::{DataItem, Id};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::assignment::Assignment;
use crate::limits::Ceilings;
use crate::message::Message;
use crate::outbound::Outbound;
use crate::outcome::Outcome;
use crate::process::Process;
use crate::schedule::{assignment_id, next_link};

/// What a file of this form begins with; the last byte is the version of the form.
const MAGIC: &[u8; 8] = b"ao-unit\x01";

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
        let body = lz4_flex::decompress_size_prepended(body)
            .map_err(|error| invalid(&format!("it does not decompress: {error}")))?;
        postcard::from_bytes(&body).map_err(|error| invalid(&format!("it does not read: {error}")))
    }

    /// Checks that the log is one log: every message where the chain of hashes has it, and every record
    /// what the log says. The signatures are the caller's to verify: see [`Export::items`].
    ///
    /// # Errors
    ///
    /// [`Error::ExportInvalid`] that says which entry is wrong, and how.
    pub fn check(&self, ceilings: &Ceilings) -> Result<(), Error> {
        let process = &self.process;
        let invalid = |reason: String| Err(Error::ExportInvalid(reason));
        let length = self.assignments.len() as u64;
        if (process.length, process.evaluated) != (length, self.outcomes.len() as u64) {
            return invalid(format!(
                "its record counts {} entries and {} outcomes, and it has {length} and {}",
                process.length,
                process.evaluated,
                self.outcomes.len()
            ));
        }
        self.check_origin()?;
        self.check_outbound()?;
        Process::new(
            process.id(),
            String::new(),
            process.tags.clone(),
            String::new(),
            ceilings,
        )?;
        let (mut chain, mut nonce, mut timestamp) = (None, 0, 0);
        for (index, assignment) in (0..).zip(&self.assignments) {
            let place = &assignment.place;
            let id = assignment.message.content()?.id;
            if let Message::Sent(sent) = &assignment.message
                && sent.hash() != id
            {
                return invalid(format!(
                    "entry {index}: message {id} says what its id does not"
                ));
            }
            if place.timestamp < timestamp {
                return invalid(format!(
                    "entry {index}: its time is before that of the message before it"
                ));
            }
            if assignment.is_cron() {
                continue;
            }
            timestamp = place.timestamp;
            let own = process.id_at(index).0;
            if index > 0 && !is_for(Id(own), &assignment.message)? {
                return invalid(format!(
                    "entry {index}: message {id} is for another process"
                ));
            }
            if place.nonce != nonce || place.hash_chain != next_link(own, chain) {
                return invalid(format!(
                    "entry {index}: message {id} is not where the hash chain has it"
                ));
            }
            chain = Some((place.hash_chain, assignment_id(own, place, id.0)));
            nonce += 1;
        }
        if (chain, nonce) != (process.chain, process.next_nonce) {
            return invalid("the end of its hash chain is not the one of its record".to_owned());
        }
        Ok(())
    }

    /// That what could not be delivered is in an outcome.
    fn check_outbound(&self) -> Result<(), Error> {
        let outcomes = self.outcomes.len() as u64;
        let strays = |outbound: &&Outbound| outbound.index >= outcomes;
        match self.outbound.iter().find(strays) {
            None => Ok(()),
            Some(outbound) => Err(Error::ExportInvalid(format!(
                "something was sent to {} by entry {}, which has no outcome",
                outbound.target, outbound.index
            ))),
        }
    }

    /// That the first entry is the message that made the process.
    fn check_origin(&self) -> Result<(), Error> {
        let invalid = |reason: &str| Err(Error::ExportInvalid(reason.to_owned()));
        let Some(first) = self.assignments.first() else {
            return invalid("its log is empty");
        };
        let content = first.message.content()?;
        let process = &self.process;
        if content.id != process.id_at(0) {
            return invalid("its first message is not the one that made it");
        }
        if content.owner != process.owner || *content.tags != process.tags {
            return invalid("its owner or its tags are not those of its first message");
        }
        Ok(())
    }

    /// The data items that users signed.
    pub fn items(&self) -> impl Iterator<Item = Result<DataItem, Error>> {
        let messages = self
            .assignments
            .iter()
            .map(|assignment| &assignment.message);
        messages.filter_map(|message| {
            let message = match message {
                Message::Assigned(assigned) => &assigned.message,
                message => message,
            };
            match message {
                Message::Item(bytes) => {
                    Some(DataItem::parse(bytes.as_slice()).map_err(Error::from))
                }
                _ => None,
            }
        })
    }
}

/// Whether a message may stand in a process's log: it names the process, or is assigned to it.
fn is_for(process: Id, message: &Message) -> Result<bool, Error> {
    let is_assigned = matches!(message, Message::Assigned(_));
    Ok(is_assigned || message.content()?.target == process.to_string())
}
