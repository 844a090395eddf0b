//! The messenger: what a process sends, as messages for local processes, with the tags that the network's
//! messenger gives them.

use ao_data_item::{Id, Tag};
use sha2::{Digest, Sha256};

use crate::message::{Cause, Sent, is_spelling_of};
use crate::outbound::Kind;
use crate::outcome::{Effects, Outgoing, OutgoingAssignment};
use crate::process::Process;

/// Where an outcome comes from.
pub(crate) struct Origin<'a> {
    /// The process that sends.
    pub(crate) process: &'a Process,
    /// The entry of its log that was evaluated.
    pub(crate) index: u64,
    /// What all this follows from.
    pub(crate) cause: &'a Cause,
    /// The unit's address.
    pub(crate) unit: &'a str,
}

/// One thing that an outcome asks for, and its place among those of its kind there.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) kind: Kind,
    pub(crate) position: u64,
    /// Whom it is for, as the process says.
    pub(crate) target: String,
    pub(crate) task: Task,
}

/// What is to be done. Of what is sent, only the address that it bears is left open: that is the receiver's home.
#[derive(Debug)]
pub(crate) enum Task {
    /// To give a message to its target.
    Send(Sent),
    /// To assign it to one that its sender names beside.
    Share(Sent),
    /// To make a process, and to tell its maker.
    Spawn(Box<Sent>, Box<Sent>),
    /// To assign a message that is somewhere in this unit.
    Assign {
        message: String,
        exclude: Vec<String>,
    },
}

/// What an outcome asks for: messages, then spawns, then assignments, each in its order.
pub(crate) fn deliveries(effects: &Effects, origin: &Origin<'_>) -> Vec<Delivery> {
    let messages = effects.messages.iter();
    let messages = messages.flat_map(|(position, outgoing)| send(outgoing, origin, *position));
    let spawns = effects.spawns.iter().map(|(position, outgoing)| {
        let process = spawn(outgoing, origin, *position);
        let notice = spawned_notice(outgoing, origin, Id(process.id), *position);
        let module = process.tags.iter().find(|tag| tag.name == "Module");
        Delivery {
            kind: Kind::Spawn,
            position: *position,
            target: module.map(|tag| tag.value.clone()).unwrap_or_default(),
            task: Task::Spawn(Box::new(process), Box::new(notice)),
        }
    });
    let assignments = effects.assignments.iter();
    let assignments = assignments.flat_map(|(position, outgoing)| assign(outgoing, *position));
    messages.chain(spawns).chain(assignments).collect()
}

/// A message for its target, and for those that its tag `Assignments` names.
fn send(outgoing: &Outgoing, origin: &Origin<'_>, position: u64) -> Vec<Delivery> {
    let sent = message(outgoing, origin, position);
    let delivery = |target, task| Delivery {
        kind: Kind::Message,
        position,
        target,
        task,
    };
    let assignees = outgoing.assignees().into_iter();
    let shares = assignees.map(|assignee| delivery(assignee, Task::Share(sent.clone())));
    let shares: Vec<Delivery> = shares.collect();
    let target = outgoing.target().unwrap_or_default().to_owned();
    let mut deliveries = vec![delivery(target, Task::Send(sent))];
    deliveries.extend(shares);
    deliveries
}

fn message(outgoing: &Outgoing, origin: &Origin<'_>, position: u64) -> Sent {
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
    tags.push(Tag::new("From-Process", origin.process.id().to_string()));
    tags.push(Tag::new("From-Module", module_of(origin)));
    tags.extend(pushed_for(origin));
    let target = outgoing.target().unwrap_or_default().to_owned();
    let parts = Parts {
        target,
        anchor: outgoing.anchor(),
        tags,
        data: outgoing.data(),
    };
    parts.sent(origin, "message", position)
}

fn spawn(outgoing: &Outgoing, origin: &Origin<'_>, position: u64) -> Sent {
    let dropped = [
        "Variant",
        "Data-Protocol",
        "Type",
        "From-Process",
        "Pushed-For",
    ];
    let mut tags = without(outgoing, &dropped);
    for tag in &mut tags {
        if tag.name == "From-Module" {
            module_of(origin).clone_into(&mut tag.value);
        }
    }
    let is_mainnet = variant_of(outgoing).is_some_and(|variant| variant == "ao.N.1");
    let variant = if is_mainnet { "ao.N.1" } else { "ao.TN.1" };
    tags.push(Tag::new("Variant", variant));
    tags.push(Tag::new("Data-Protocol", "ao"));
    tags.push(Tag::new("Type", "Process"));
    tags.push(Tag::new("From-Process", origin.process.id().to_string()));
    tags.extend(pushed_for(origin));
    if !tags.iter().any(|tag| tag.name == "Scheduler") {
        let scheduler = origin.process.tag("Scheduler").unwrap_or(origin.unit);
        tags.push(Tag::new("Scheduler", scheduler));
    }
    let parts = Parts {
        target: String::new(),
        anchor: String::new(),
        tags,
        data: outgoing.data(),
    };
    parts.sent(origin, "spawn", position)
}

/// The message by which a process learns the id of the process that it asked for.
fn spawned_notice(outgoing: &Outgoing, origin: &Origin<'_>, process: Id, position: u64) -> Sent {
    let mut tags = without(
        outgoing,
        &["Data-Protocol", "Variant", "Type", "Pushed-For"],
    );
    tags.push(Tag::new("Data-Protocol", "ao"));
    tags.push(Tag::new("Type", "Message"));
    tags.push(Tag::new("Process", process.to_string()));
    tags.push(Tag::new("Action", "Spawned"));
    let variant = variant_of(outgoing).unwrap_or_else(|| "ao.TN.1".to_owned());
    tags.push(Tag::new("Variant", variant));
    tags.extend(pushed_for(origin));
    let parts = Parts {
        target: origin.process.id().to_string(),
        anchor: String::new(),
        tags,
        data: b" ".to_vec(),
    };
    parts.sent(origin, "spawned", position)
}

fn assign(outgoing: &OutgoingAssignment, position: u64) -> Vec<Delivery> {
    let task = || Task::Assign {
        message: outgoing.message(),
        exclude: outgoing.exclude(),
    };
    let deliveries = outgoing.processes().into_iter().map(|target| Delivery {
        kind: Kind::Assignment,
        position,
        target,
        task: task(),
    });
    deliveries.collect()
}

fn module_of<'a>(origin: &Origin<'a>) -> &'a str {
    origin.process.tag("Module").unwrap_or_default()
}

fn variant_of(outgoing: &Outgoing) -> Option<String> {
    let variant = outgoing.tags().find(|tag| tag.name == "Variant");
    variant.map(|tag| tag.value)
}

fn pushed_for(origin: &Origin<'_>) -> Option<Tag> {
    let cause = origin.cause.pushed_for();
    cause.map(|id| Tag::new("Pushed-For", id))
}

fn without(outgoing: &Outgoing, dropped: &[&str]) -> Vec<Tag> {
    outgoing
        .tags()
        .filter(|tag| !dropped.iter().any(|name| is_spelling_of(&tag.name, name)))
        .collect()
}

/// What is sent, before it has an id.
struct Parts {
    target: String,
    anchor: String,
    tags: Vec<Tag>,
    data: Vec<u8>,
}

impl Parts {
    fn sent(self, origin: &Origin<'_>, kind: &str, position: u64) -> Sent {
        let place = Sha256::new()
            .chain_update(origin.process.id)
            .chain_update(origin.index.to_be_bytes())
            .chain_update(position.to_be_bytes())
            .chain_update(kind)
            .finalize();
        let mut sent = Sent {
            id: [0; 32],
            owner: origin.unit.to_owned(),
            target: self.target,
            anchor: self.anchor,
            tags: self.tags,
            data: self.data,
            cause: origin.cause.clone(),
            origin: place.into(),
        };
        sent.id = sent.hash().0;
        sent
    }
}
