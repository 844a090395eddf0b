//! The messenger: what a process sends, as messages for local processes, with the tags that the network's
//! messenger gives them.

use ao_data_item::{Id, Tag};
use sha2::{Digest, Sha256};

use crate::message::{Message, Sent, is_spelling_of};
use crate::outcome::{Effects, Outgoing};

/// Where an outcome comes from.
pub(crate) struct Origin<'a> {
    /// The unit's address.
    pub(crate) unit: &'a str,
    /// The process that sends.
    pub(crate) process: Id,
    /// Its module.
    pub(crate) module: &'a str,
    /// The nonce of the evaluation.
    pub(crate) nonce: u64,
    /// The message that a user signed and that all this follows from.
    pub(crate) first_cause: &'a str,
}

/// What is to be assigned.
#[derive(Debug)]
pub(crate) enum Delivery {
    /// A message for a process.
    Message(Id, Sent),
    /// A new process, and the message that tells its maker.
    Spawn(Sent, Sent),
}

/// What an outcome asks for, for processes that `is_local` knows; the rest stays in the outcome.
pub(crate) fn deliveries(
    effects: &Effects,
    origin: &Origin<'_>,
    is_local: impl Fn(Id) -> bool,
) -> Vec<Delivery> {
    let messages = effects
        .messages
        .iter()
        .enumerate()
        .filter_map(|(index, outgoing)| {
            let target: Id = outgoing.target()?.parse().ok()?;
            is_local(target)
                .then(|| Delivery::Message(target, message(outgoing, origin, target, index)))
        });
    let spawns = effects.spawns.iter().enumerate().map(|(index, outgoing)| {
        let process = spawn(outgoing, origin, index);
        let notice = spawned_notice(outgoing, origin, Id(process.id), index);
        Delivery::Spawn(process, notice)
    });
    messages.chain(spawns).collect()
}

fn message(outgoing: &Outgoing, origin: &Origin<'_>, target: Id, index: usize) -> Sent {
    let dropped = [
        "Data-Protocol",
        "Type",
        "From-Process",
        "From-Module",
        "Assignments",
        "Pushed-For",
    ];
    let mut tags = without(outgoing, &dropped);
    tags.push(Tag::new("Data-Protocol", "ao"));
    tags.push(Tag::new("Type", "Message"));
    tags.push(Tag::new("From-Process", origin.process.to_string()));
    tags.push(Tag::new("From-Module", origin.module));
    tags.push(Tag::new("Pushed-For", origin.first_cause));
    sent(
        origin,
        "message",
        index,
        target.to_string(),
        outgoing.anchor(),
        tags,
        outgoing.data(),
    )
}

fn spawn(outgoing: &Outgoing, origin: &Origin<'_>, index: usize) -> Sent {
    let mut tags = without(
        outgoing,
        &["Data-Protocol", "Type", "From-Process", "Pushed-For"],
    );
    for tag in &mut tags {
        if tag.name == "From-Module" {
            origin.module.clone_into(&mut tag.value);
        }
    }
    if !tags.iter().any(|tag| tag.name == "Variant") {
        tags.push(Tag::new("Variant", "ao.TN.1"));
    }
    tags.push(Tag::new("Data-Protocol", "ao"));
    tags.push(Tag::new("Type", "Process"));
    tags.push(Tag::new("From-Process", origin.process.to_string()));
    tags.push(Tag::new("Pushed-For", origin.first_cause));
    if !tags.iter().any(|tag| tag.name == "Scheduler") {
        tags.push(Tag::new("Scheduler", origin.unit));
    }
    sent(
        origin,
        "spawn",
        index,
        String::new(),
        outgoing.anchor(),
        tags,
        outgoing.data(),
    )
}

/// The message by which a process learns the id of the process that it asked for.
fn spawned_notice(outgoing: &Outgoing, origin: &Origin<'_>, process: Id, index: usize) -> Sent {
    let mut tags = without(outgoing, &["Data-Protocol", "Variant", "Type"]);
    tags.push(Tag::new("Data-Protocol", "ao"));
    tags.push(Tag::new("Type", "Message"));
    tags.push(Tag::new("Process", process.to_string()));
    tags.push(Tag::new("Action", "Spawned"));
    tags.push(Tag::new("Variant", "ao.TN.1"));
    tags.push(Tag::new("Pushed-For", origin.first_cause));
    let target = origin.process.to_string();
    sent(
        origin,
        "spawned",
        index,
        target,
        outgoing.anchor(),
        tags,
        b" ".to_vec(),
    )
}

fn without(outgoing: &Outgoing, dropped: &[&str]) -> Vec<Tag> {
    outgoing
        .tags()
        .filter(|tag| !dropped.iter().any(|name| is_spelling_of(&tag.name, name)))
        .collect()
}

fn sent(
    origin: &Origin<'_>,
    kind: &str,
    index: usize,
    target: String,
    anchor: String,
    tags: Vec<Tag>,
    data: Vec<u8>,
) -> Sent {
    // Content and place: each part with its length, so that no two messages spell the same bytes.
    let mut hash = Sha256::new();
    let mut add = |part: &[u8]| {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    };
    add(b"ao-unit message");
    add(kind.as_bytes());
    add(&origin.process.0);
    add(&origin.nonce.to_be_bytes());
    add(&(index as u64).to_be_bytes());
    add(origin.first_cause.as_bytes());
    add(target.as_bytes());
    add(anchor.as_bytes());
    for tag in &tags {
        add(tag.name.as_bytes());
        add(tag.value.as_bytes());
    }
    add(&data);
    let id = hash.finalize().into();
    Sent {
        id,
        owner: origin.unit.to_owned(),
        target,
        anchor,
        tags,
        data,
    }
}

impl Delivery {
    /// What it assigns: to whom and what. A new process's first message is itself.
    pub(crate) fn assignments(self) -> Vec<(Id, Message)> {
        match self {
            Self::Message(target, sent) => vec![(target, Message::Sent(sent))],
            Self::Spawn(process, notice) => {
                let target = notice.target.parse().ok();
                let id = Id(process.id);
                let mut assigned = vec![(id, Message::Sent(process))];
                assigned.extend(target.map(|target| (target, Message::Sent(notice))));
                assigned
            }
        }
    }
}
