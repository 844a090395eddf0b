//! An assignment: a message and its place in the log of a process.

use ao_data_item::{Id, Tag};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::chain::Moment;
use crate::json::to_text;
use crate::message::{Content, Message};
use crate::process::Process;

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
    /// Its number: 0 is the process itself. A tick of a cron has that of the message before it.
    pub nonce: u64,
    /// When it was assigned, in milliseconds since 1970; never before its predecessor.
    pub timestamp: u64,
    /// The height of the chain at that time.
    pub block_height: u64,
    /// The link to its predecessor.
    pub hash_chain: [u8; 32],
}

impl Place {
    pub(crate) fn moment(&self) -> Moment {
        Moment {
            timestamp: self.timestamp,
            block_height: self.block_height,
        }
    }
}

impl Assignment {
    /// Whether it is a tick of the process's cron.
    pub fn is_cron(&self) -> bool {
        matches!(self.message, Message::Cron(_))
    }

    /// What the machine of `process` is given to evaluate it, as entry `index` of the log.
    ///
    /// # Errors
    ///
    /// When its message does not parse.
    pub(crate) fn describe(&self, process: &Process, index: u64) -> Result<Vec<u8>, Error> {
        let content = self.message.content()?;
        Ok(self.describe_content(process, index, &content))
    }

    /// As [`Assignment::describe`], of a message that is taken apart already.
    pub(crate) fn describe_content(
        &self,
        process: &Process,
        index: u64,
        content: &Content<'_>,
    ) -> Vec<u8> {
        let id = process.id_at(index);
        let authorities = process.authorities();
        match &self.message {
            Message::Cron(_) => MachineMessage::tick(id, &self.place, content).to_json(),
            Message::Assigned(_) => {
                let mut message = MachineMessage::of(id, &self.place, content, &authorities);
                message.target = content.target.to_string();
                message.to_json()
            }
            Message::Item(_) | Message::Sent(_) => {
                MachineMessage::of(id, &self.place, content, &authorities).to_json()
            }
        }
    }
}

/// A message that is only tried on a process, as its machine is given it: it has the time of the last
/// message, and no place in the log.
pub(crate) fn describe_trial(process: &Process, content: &Content<'_>) -> Vec<u8> {
    let authorities = process.authorities();
    let place = Place {
        nonce: 0,
        timestamp: process.last.timestamp,
        block_height: process.last.block_height,
        hash_chain: [0; 32],
    };
    let message = MachineMessage::of(process.id(), &place, content, &authorities);
    let trial = MachineMessage {
        epoch: None,
        nonce: None,
        hash_chain: None,
        read_only: true,
        ..message
    };
    trial.to_json()
}

/// A message as a machine takes it, field for field in the order of the network's compute unit.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct MachineMessage<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<std::borrow::Cow<'a, str>>,
    owner: &'a str,
    target: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    anchor: Option<&'a str>,
    from: &'a str,
    #[serde(rename = "Forwarded-By", skip_serializing_if = "Option::is_none")]
    forwarded_by: Option<&'a str>,
    tags: Vec<&'a Tag>,
    #[serde(skip_serializing_if = "Option::is_none")]
    epoch: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<u64>,
    timestamp: u64,
    #[serde(rename = "Block-Height")]
    block_height: u64,
    #[serde(rename = "Hash-Chain", skip_serializing_if = "Option::is_none")]
    hash_chain: Option<String>,
    cron: bool,
    #[serde(rename = "Read-Only")]
    read_only: bool,
}

impl<'a> MachineMessage<'a> {
    /// Only `authorities` speak for others.
    fn of(process: Id, place: &Place, content: &'a Content<'_>, authorities: &[String]) -> Self {
        let is_forwarded = content.is_forwarded(authorities);
        Self {
            id: Some(content.id),
            signature: Some(&content.signature),
            data: Some(String::from_utf8_lossy(&content.data)),
            owner: &content.owner,
            target: process.to_string(),
            anchor: content.anchor.as_deref(),
            from: content.from(authorities),
            forwarded_by: is_forwarded.then_some(&*content.owner),
            tags: content.visible_tags(authorities).collect(),
            epoch: Some(0),
            nonce: Some(place.nonce),
            timestamp: place.timestamp,
            block_height: place.block_height,
            hash_chain: Some(URL_SAFE_NO_PAD.encode(place.hash_chain)),
            cron: false,
            read_only: false,
        }
    }

    /// A tick has an owner, tags and a time, and nothing that a scheduler gives.
    fn tick(process: Id, place: &Place, content: &'a Content<'_>) -> Self {
        Self {
            id: None,
            signature: None,
            data: None,
            anchor: None,
            epoch: None,
            nonce: None,
            hash_chain: None,
            cron: true,
            ..Self::of(process, place, content, &[])
        }
    }

    fn to_json(&self) -> Vec<u8> {
        to_text(self).into_bytes()
    }
}
