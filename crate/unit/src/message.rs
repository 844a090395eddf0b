//! Messages: what users sign, and what processes send.

use ao_data_item::{DataItem, Id, Tag};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::Error;

/// A message as the log keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Message {
    /// A data item that its author signed, as its bytes.
    Item(Vec<u8>),
    /// What a process of this unit sent. Nobody else could have written it, so it bears no signature.
    Sent(Sent),
}

/// What a process of this unit sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The hash of its content and place.
    pub id: [u8; 32],
    /// The unit's address: it delivers the message.
    pub owner: String,
    /// The process that it is for; empty for a new process, whose id is the message's.
    pub target: String,
    /// The sender's own count of what it sent.
    pub anchor: String,
    /// Tags, as the network's messenger would have made them.
    pub tags: Vec<Tag>,
    /// The body.
    pub data: Vec<u8>,
}

/// A message taken apart, whatever its kind.
#[derive(Clone, Debug)]
pub struct Content {
    /// Its id.
    pub id: Id,
    /// Its author's signature; empty for what a process sent.
    pub signature: String,
    /// The address of who signed or delivered it.
    pub owner: String,
    /// Its anchor, if it has one.
    pub anchor: Option<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its body.
    pub data: Vec<u8>,
}

impl Message {
    /// Its parts.
    ///
    /// # Errors
    ///
    /// When the bytes of an item do not parse.
    pub fn content(&self) -> Result<Content, Error> {
        match self {
            Self::Item(bytes) => {
                let item = DataItem::parse(bytes.clone())?;
                Ok(Content {
                    id: item.id(),
                    signature: URL_SAFE_NO_PAD.encode(item.signature()),
                    owner: item.address().to_string(),
                    anchor: item
                        .anchor()
                        .map(|anchor| String::from_utf8_lossy(anchor).into_owned()),
                    tags: item.tags().to_vec(),
                    data: item.data().to_vec(),
                })
            }
            Self::Sent(sent) => Ok(Content {
                id: Id(sent.id),
                signature: String::new(),
                owner: sent.owner.clone(),
                anchor: Some(sent.anchor.clone()),
                tags: sent.tags.clone(),
                data: sent.data.clone(),
            }),
        }
    }
}

impl Content {
    /// Who a process sees as the sender: the owner; or, of what an authority of the process forwards, the
    /// process that sent it.
    pub fn from(&self, authorities: &[String]) -> &str {
        match self.tag("From-Process") {
            Some(process) if authorities.contains(&self.owner) => process,
            _ => &self.owner,
        }
    }

    /// Whether an authority of the process forwards it for another.
    pub fn is_forwarded(&self, authorities: &[String]) -> bool {
        self.tag("From-Process").is_some() && authorities.contains(&self.owner)
    }

    /// The value of the first tag with this name.
    pub fn tag(&self, name: &str) -> Option<&str> {
        self.tags
            .iter()
            .find(|tag| tag.name == name)
            .map(|tag| tag.value.as_str())
    }

    /// The tags that a process sees. None can pose as the sender or the owner, however it is spelled, and
    /// only an authority of the process can name a process that it forwards for.
    pub fn visible_tags(&self, authorities: &[String]) -> impl Iterator<Item = &Tag> {
        let is_forwarded = self.is_forwarded(authorities);
        self.tags.iter().filter(move |tag| {
            let claims = |name| is_spelling_of(&tag.name, name);
            let poses = claims("From") || claims("Owner");
            let forwards = claims("From-Process") || claims("From-Module");
            !poses && (!forwards || is_forwarded)
        })
    }
}

/// Whether a process reads `name` as `canonical`: it tells neither cases apart, nor hyphens from underscores.
pub(crate) fn is_spelling_of(name: &str, canonical: &str) -> bool {
    let same = |(a, b): (u8, u8)| a.eq_ignore_ascii_case(&b) || (a == b'_' && b == b'-');
    name.len() == canonical.len() && name.bytes().zip(canonical.bytes()).all(same)
}
