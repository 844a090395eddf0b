//! An assignment: a message and its place in the log of a process.

use ao_data_item::Id;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::message::{Content, Message};

/// A message in the log of a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Where it stands.
    pub place: Place,
    /// What is assigned.
    pub message: Message,
}

/// A place in the log of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its number: 0 is the process itself.
    pub nonce: u64,
    /// When it was assigned, in milliseconds since 1970; never before its predecessor.
    pub timestamp: u64,
    /// The height of the chain at that time.
    pub block_height: u64,
    /// The link to its predecessor.
    pub hash_chain: [u8; 32],
}

/// A message as a machine takes it, field for field in the order of the network's compute unit.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct MachineMessage<'a> {
    id: Id,
    signature: &'a str,
    data: &'a str,
    owner: &'a str,
    target: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    anchor: Option<&'a str>,
    from: &'a str,
    #[serde(rename = "Forwarded-By", skip_serializing_if = "Option::is_none")]
    forwarded_by: Option<&'a str>,
    tags: Vec<&'a ao_data_item::Tag>,
    epoch: u64,
    nonce: u64,
    timestamp: u64,
    #[serde(rename = "Block-Height")]
    block_height: u64,
    #[serde(rename = "Hash-Chain")]
    hash_chain: String,
    cron: bool,
    #[serde(rename = "Read-Only")]
    read_only: bool,
}

impl Place {
    /// A message at this place as the machine of `process` is given it to evaluate, as JSON.
    ///
    /// Only `authorities` speak for others; `read_only` says that the message is only tried.
    pub(crate) fn describe(
        &self,
        process: Id,
        content: &Content,
        authorities: &[String],
        read_only: bool,
    ) -> Vec<u8> {
        let is_forwarded = content.is_forwarded(authorities);
        let message = MachineMessage {
            id: content.id,
            signature: &content.signature,
            data: &String::from_utf8_lossy(&content.data),
            owner: &content.owner,
            target: process,
            anchor: content.anchor.as_deref(),
            from: content.from(authorities),
            forwarded_by: is_forwarded.then_some(&content.owner),
            tags: content.visible_tags(authorities).collect(),
            epoch: 0,
            nonce: self.nonce,
            timestamp: self.timestamp,
            block_height: self.block_height,
            hash_chain: URL_SAFE_NO_PAD.encode(self.hash_chain),
            cron: false,
            read_only,
        };
        // Strings and numbers: their serialisation cannot fail.
        serde_json::to_vec(&message).unwrap_or_default()
    }
}
