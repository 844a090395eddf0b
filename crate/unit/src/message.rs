//! Messages: what users sign, and what processes send.

use std::borrow::Cow;

use ao_data_item::{DataItem, Id, Tag};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Error;

/// A message as the log keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Message {
    /// A data item that its author signed, as its bytes.
    Item(#[serde(with = "serde_bytes")] Vec<u8>),
    /// What a process of this unit sent. Nobody else could have written it, so it bears no signature.
    Sent(Sent),
    /// A message that is assigned to a process which it is not for.
    Assigned(Assigned),
    /// A tick of the process's own cron.
    Cron(Tick),
}

/// A message that is assigned to a process which it is not for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    /// The message.
    pub message: Original,
    /// Its fields that the process is not to see.
    pub exclude: Vec<String>,
}

/// A message that can be assigned to a process which it is not for: no tick, and no assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Original {
    /// A data item that its author signed, as its bytes.
    Item(#[serde(with = "serde_bytes")] Vec<u8>),
    /// What a process of this unit sent.
    Sent(Sent),
}

/// A tick of a process's cron.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    /// Which of the process's intervals ticked: its index among its kind, and its text.
    pub id: String,
    /// Whose word it counts as: the process's owner.
    pub owner: String,
    /// The tags that the process asked for.
    pub tags: Vec<Tag>,
    /// Whether what the process sends by it is delivered: its cron was monitored.
    pub is_delivered: bool,
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
    /// The sender's own count of what it sent; empty of a new process, and of the notice of it.
    pub anchor: String,
    /// Tags, as the network's messenger would have made them.
    pub tags: Vec<Tag>,
    /// The body.
    #[serde(with = "serde_bytes")]
    pub data: Vec<u8>,
    /// What it follows from.
    pub cause: Cause,
    /// The hash of where it was sent: process, entry of its log, place in the outcome.
    pub origin: [u8; 32],
}

/// What a message follows from, over however many processes, and how many have followed with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// The id of the message that a user signed; of a tick, the process and the time.
    pub id: String,
    /// Its number among all that followed; 0 is the cause itself.
    pub count: u64,
}

/// A message taken apart, whatever its kind.
#[derive(Clone, Debug)]
pub struct Content<'a> {
    /// Its id.
    pub id: Id,
    /// Its author's signature; empty for what a process sent.
    pub signature: String,
    /// The address of who signed or delivered it.
    pub owner: Cow<'a, str>,
    /// The process that it is for; empty for a new process.
    pub target: Cow<'a, str>,
    /// Its anchor, if it has one.
    pub anchor: Option<Cow<'a, str>>,
    /// Its tags.
    pub tags: Cow<'a, [Tag]>,
    /// Its body.
    pub data: Cow<'a, [u8]>,
}

impl Message {
    /// Its parts.
    ///
    /// # Errors
    ///
    /// When the bytes of an item do not parse.
    pub fn content(&self) -> Result<Content<'_>, Error> {
        match self {
            Self::Item(bytes) => Content::of_item(bytes),
            Self::Sent(sent) => Ok(Content::of_sent(sent)),
            Self::Assigned(assigned) => {
                let content = match &assigned.message {
                    Original::Item(bytes) => Content::of_item(bytes)?,
                    Original::Sent(sent) => Content::of_sent(sent),
                };
                Ok(content.without(&assigned.exclude))
            }
            Self::Cron(cron) => Ok(Content {
                id: Id([0; 32]),
                signature: String::new(),
                owner: cron.owner.as_str().into(),
                target: "".into(),
                anchor: None,
                tags: cron.tags.as_slice().into(),
                data: Cow::default(),
            }),
        }
    }

    /// About how large it is, in bytes: what a log keeps of it.
    pub(crate) fn size(&self) -> u64 {
        let size = |tags: &[Tag]| {
            let sizes = tags.iter().map(|tag| tag.name.len() + tag.value.len());
            sizes.sum::<usize>() as u64
        };
        let sent_size = |sent: &Sent| size(&sent.tags) + sent.data.len() as u64;
        match self {
            Self::Item(bytes) => bytes.len() as u64,
            Self::Sent(sent) => sent_size(sent),
            Self::Assigned(Assigned { message, .. }) => match message {
                Original::Item(bytes) => bytes.len() as u64,
                Original::Sent(sent) => sent_size(sent),
            },
            Self::Cron(tick) => size(&tick.tags),
        }
    }

    /// Whether what a process sends because of it goes on its way. What comes of a tick stays where it is,
    /// unless the process's cron is monitored.
    pub(crate) fn is_delivered(&self) -> bool {
        match self {
            Self::Cron(tick) => tick.is_delivered,
            Self::Item(_) | Self::Sent(_) | Self::Assigned(_) => true,
        }
    }

    /// What it follows from; a user's own word for it is not taken. A tick is named by its process and time.
    pub(crate) fn cause(&self, id: Id, process: Id, timestamp: u64) -> Cause {
        let id = match (self, self.sent()) {
            (_, Some(sent)) => return sent.cause.clone(),
            (Self::Cron(cron), _) => format!("cron {process} {timestamp} {}", cron.id),
            _ => id.to_string(),
        };
        Cause { id, count: 0 }
    }

    /// The message as one that is assigned to a process which it is not for.
    ///
    /// # Errors
    ///
    /// [`Error::MessageUnknown`] of a tick: it is no message that anyone could have sent.
    pub(crate) fn assigned(self, exclude: Vec<String>) -> Result<Self, Error> {
        let message = match self {
            Self::Item(bytes) => Original::Item(bytes),
            Self::Sent(sent) => Original::Sent(sent),
            Self::Assigned(assigned) => assigned.message,
            Self::Cron(tick) => return Err(Error::MessageUnknown(tick.id)),
        };
        Ok(Self::Assigned(Assigned { message, exclude }))
    }

    /// The data item that a user signed, if it is that, or an assignment of it.
    pub(crate) fn item(&self) -> Option<&[u8]> {
        match self {
            Self::Item(bytes) => Some(bytes),
            Self::Assigned(assigned) => match &assigned.message {
                Original::Item(bytes) => Some(bytes),
                Original::Sent(_) => None,
            },
            Self::Sent(_) | Self::Cron(_) => None,
        }
    }

    /// What a process sent, if it is that, or an assignment of it.
    pub(crate) fn sent(&self) -> Option<&Sent> {
        match self {
            Self::Sent(sent) => Some(sent),
            Self::Assigned(assigned) => match &assigned.message {
                Original::Sent(sent) => Some(sent),
                Original::Item(_) => None,
            },
            Self::Item(_) | Self::Cron(_) => None,
        }
    }

    /// As [`Message::sent`], to be changed.
    pub(crate) fn sent_mut(&mut self) -> Option<&mut Sent> {
        match self {
            Self::Sent(sent) => Some(sent),
            Self::Assigned(assigned) => match &mut assigned.message {
                Original::Sent(sent) => Some(sent),
                Original::Item(_) => None,
            },
            Self::Item(_) | Self::Cron(_) => None,
        }
    }
}

impl Sent {
    /// The id that its content and origin give.
    pub(crate) fn hash(&self) -> Id {
        // Each part with its length, so that no two messages spell the same bytes.
        let mut hash = Sha256::new();
        let mut add = |part: &[u8]| {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        };
        add(b"ao-unit message");
        add(&self.origin);
        add(self.target.as_bytes());
        add(self.anchor.as_bytes());
        for tag in &self.tags {
            add(tag.name.as_bytes());
            add(tag.value.as_bytes());
        }
        add(&self.data);
        Id(hash.finalize().into())
    }
}

impl Cause {
    /// The message that a user signed: what the tag `Pushed-For` names. A tick has none.
    pub(crate) fn pushed_for(&self) -> Option<&str> {
        self.id.parse::<Id>().is_ok().then_some(&self.id)
    }
}

impl<'a> Content<'a> {
    fn of_item(bytes: &[u8]) -> Result<Self, Error> {
        let item = DataItem::parse(bytes)?;
        let target = item.target().map(|id| id.to_string());
        let anchor = item.anchor();
        Ok(Self {
            id: item.id(),
            signature: URL_SAFE_NO_PAD.encode(item.signature()),
            owner: item.address().to_string().into(),
            target: target.unwrap_or_default().into(),
            anchor: anchor.map(|anchor| String::from_utf8_lossy(anchor).into_owned().into()),
            tags: item.tags().to_vec().into(),
            data: item.data().to_vec().into(),
        })
    }

    fn of_sent(sent: &'a Sent) -> Self {
        Self {
            id: Id(sent.id),
            signature: String::new(),
            owner: sent.owner.as_str().into(),
            target: sent.target.as_str().into(),
            anchor: Some(sent.anchor.as_str())
                .filter(|anchor| !anchor.is_empty())
                .map(Cow::from),
            tags: sent.tags.as_slice().into(),
            data: sent.data.as_slice().into(),
        }
    }
}

impl Content<'_> {
    /// The message without the fields that an assignment leaves out.
    fn without(mut self, exclude: &[String]) -> Self {
        for field in exclude {
            match field.as_str() {
                "Data" => self.data = Cow::default(),
                "Tags" => self.tags = Cow::default(),
                "Signature" => self.signature.clear(),
                "Anchor" => self.anchor = None,
                _ => {}
            }
        }
        self
    }

    /// Who a process sees as the sender: the owner; or, of what an authority of the process forwards, the
    /// process that sent it.
    pub fn from(&self, authorities: &[String]) -> &str {
        match self.tag("From-Process") {
            Some(process) if authorities.iter().any(|known| *known == self.owner) => process,
            _ => &self.owner,
        }
    }

    /// Whether an authority of the process forwards it for another.
    pub fn is_forwarded(&self, authorities: &[String]) -> bool {
        self.tag("From-Process").is_some() && authorities.iter().any(|known| *known == self.owner)
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
