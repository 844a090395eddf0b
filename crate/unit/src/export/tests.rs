//! Files that somebody made who knows their form, and what is wrong with each.

use ao_data_item::{DataItem, Draft, SignatureType, Tag};

use super::*;
use crate::assignment::Place;
use crate::chain::{Chain, Moment};
use crate::limits::Ceilings;
use crate::message::{Assigned, Cause, Message, Original, Sent, Tick};
use crate::modules::{LUA_MODULES, Modules};
use crate::process::Ancestor;
use crate::schedule::{assign, assign_tick};

const MODULE: (&str, &str) = ("Module", LUA_MODULES[0].0);

/// A tick's id, its tags and its time.
type Ticked<'a> = (&'a str, &'a [(&'a str, &'a str)], u64);
/// Something that is made other in a record than the log has it.
type Change = fn(&mut Process, Moment);

/// A data item of one of two owners, whose id is another with each signature.
fn item(owner: u8, target: Option<Id>, tags: &[(&str, &str)], signature: u8) -> DataItem {
    let mut key = vec![0; 512];
    key[0] = owner;
    let tags = tags.iter().map(|(name, value)| Tag::new(*name, *value));
    let draft = Draft {
        target,
        anchor: None,
        tags: tags.collect(),
        data: b"stolen = true".to_vec(),
    };
    let unsigned = draft.for_owner(SignatureType::Arweave, &key).unwrap();
    unsigned.seal(&vec![signature; 512]).unwrap()
}

fn message(item: &DataItem) -> Message {
    Message::Item(item.as_bytes().to_vec())
}

/// A process that its owner made at second 1, and an export of it that grows.
fn begun(tags: &[(&str, &str)]) -> Export {
    let first = item(1, None, &[&[("Type", "Process"), MODULE], tags].concat(), 1);
    let owner = first.address().to_string();
    let (tags, home) = (first.tags().to_vec(), "home".to_owned());
    let (limits, modules) = (Ceilings::default(), Modules::default());
    let process = Process::new(first.id(), owner, tags, home, &limits, &modules).unwrap();
    let mut export = Export {
        process,
        module: String::new(),
        stamp: [0; 32],
        assignments: Vec::new(),
        outcomes: Vec::new(),
        outbound: Vec::new(),
        memory: 0,
        checkpoint: Vec::new(),
    };
    export.add(message(&first));
    export
}

impl Export {
    fn add(&mut self, message: Message) {
        let id = message.content().unwrap().id;
        let now = 1000 * (1 + self.process.length);
        let chain = Chain::default();
        let assignment = assign(&mut self.process, message, id.0, now, &chain);
        self.assignments.push(assignment);
    }

    fn tick(&mut self, id: &str, tags: &[(&str, &str)], timestamp: u64) {
        let tags = tags.iter().map(|(name, value)| Tag::new(*name, *value));
        let tick = Tick {
            id: id.to_owned(),
            owner: self.process.owner.clone(),
            tags: tags.collect(),
            is_delivered: false,
        };
        let moment = Moment {
            timestamp,
            ..self.process.last
        };
        let tick = assign_tick(&mut self.process, Message::Cron(tick), moment);
        self.assignments.push(tick);
    }

    /// What a process sent to this one.
    fn sent(&self, owner: &str) -> Sent {
        let mut sent = Sent {
            id: [0; 32],
            owner: owner.to_owned(),
            target: self.id().to_string(),
            anchor: String::new(),
            tags: vec![Tag::new("Action", "Eval")],
            data: b"stolen = true".to_vec(),
            cause: Cause::default(),
            origin: [5; 32],
        };
        sent.id = sent.hash().0;
        sent
    }

    fn is_right(&self) {
        self.check(&Ceilings::default(), &Modules::default())
            .unwrap();
    }

    fn is_refused(&self, why: &str) {
        let error = self
            .check(&Ceilings::default(), &Modules::default())
            .unwrap_err();
        assert_eq!(error.code(), "EXPORT_INVALID");
        assert!(error.to_string().contains(why), "{error}");
    }
}

/// A file with this body and a checksum that is right.
fn file(body: &[u8]) -> Vec<u8> {
    [MAGIC.as_slice(), &Sha256::digest(body), body].concat()
}

#[test]
fn every_item_is_there_to_be_verified_assigned_ones_too() {
    let mut export = begun(&[]);
    let foreign = item(2, None, &[("Action", "Eval")], 9);
    export.add(message(&foreign).assigned(Vec::new()).unwrap());
    export.is_right();
    assert_eq!(export.items().count(), 2);
}

#[test]
fn an_assignment_is_of_no_assignment_and_no_tick() {
    let export = begun(&[]);
    let once = Message::Sent(export.sent("home"))
        .assigned(Vec::new())
        .unwrap();
    let twice = once.clone().assigned(vec!["Data".to_owned()]).unwrap();
    let Message::Assigned(Assigned { message, .. }) = twice else {
        panic!("it is an assignment");
    };
    assert_eq!(message, Original::Sent(export.sent("home")));
    let tick = Message::Cron(Tick {
        id: "0-1-second".to_owned(),
        owner: String::new(),
        tags: Vec::new(),
        is_delivered: true,
    });
    assert_eq!(
        tick.assigned(Vec::new()).unwrap_err().code(),
        "MESSAGE_NOT_FOUND"
    );
}

#[test]
fn a_file_of_a_million_wrappers_is_refused_as_any_other() {
    let export = begun(&[]);
    let body = postcard::to_stdvec(&export).unwrap();
    let first = export.assignments[0].message.item().unwrap();
    let at = body.windows(64).position(|window| *window == first[..64]);
    // Before the item's bytes are their length, in two bytes, and the message's kind.
    let wrapped = [&body[..at.unwrap() - 3], &vec![2; 2_000_000]].concat();
    let error = Export::from_bytes(&file(&lz4_flex::compress_prepend_size(&wrapped)));
    assert_eq!(error.unwrap_err().code(), "EXPORT_INVALID");
}

#[test]
fn a_file_cannot_claim_more_than_it_can_hold() {
    let body = lz4_flex::compress_prepend_size(&vec![7; 1 << 20]);
    let claim = |size: u32| [&size.to_le_bytes(), &body[4..]].concat();
    for (body, why) in [
        (claim(u32::MAX), "no more than 1073741824 are read"),
        (claim(1 << 29), "compressed ones cannot be"),
        (claim(1 << 19), "does not decompress"),
        (body.clone(), "does not read"),
        (vec![1, 2], "has no body"),
    ] {
        let error = Export::from_bytes(&file(&body)).unwrap_err().to_string();
        assert!(error.contains(why), "{why}: {error}");
    }
}

#[test]
fn what_nobody_signed_is_from_the_home() {
    let mut export = begun(&[]);
    export.add(Message::Sent(export.sent("home")));
    export.is_right();
    let owner = export.process.owner.clone();
    for is_assigned in [false, true] {
        let mut export = begun(&[]);
        let mut sent = Message::Sent(export.sent(&owner));
        if is_assigned {
            sent = sent.assigned(Vec::new()).unwrap();
        }
        export.add(sent);
        export.is_refused("entry 1: message");
        export.is_refused("bears no signature, and is not from the process's home");
    }
    let mut export = begun(&[]);
    export.process.home.clone_from(&owner);
    export.add(Message::Sent(export.sent(&owner)));
    export.is_refused("is signed by who is said to be the process's home");
}

#[test]
fn what_is_assigned_has_the_id_of_what_it_says() {
    let mut export = begun(&[]);
    let mut sent = export.sent("home");
    sent.data = b"other".to_vec();
    export.add(Message::Sent(sent).assigned(Vec::new()).unwrap());
    export.is_refused("says what its id does not");
}

#[test]
fn ticks_are_those_that_the_tags_ask_for() {
    let mut without = begun(&[]);
    without.tick("0-1-second", &[("Action", "Transfer")], 10_000);
    without.is_refused("is of no interval of the process's cron");
    let cron = [
        ("Cron-Interval", "5-seconds"),
        ("Cron-Tag-Action", "Tick"),
        ("Cron-Interval", "10-blocks"),
    ];
    let tick = [("Action", "Tick")];
    let check = |ticks: &[Ticked<'_>], why: &str| {
        let mut export = begun(&cron);
        for (id, tags, timestamp) in ticks {
            export.tick(id, tags, *timestamp);
        }
        if why.is_empty() {
            export.is_right();
        } else {
            export.is_refused(why);
        }
    };
    let id = "0-5-seconds";
    check(&[(id, &tick, 6000), (id, &tick, 11_000)], "");
    // The first may have been passed over.
    check(&[(id, &tick, 11_000)], "");
    check(&[("1-5-seconds", &tick, 6000)], "is of no interval");
    check(&[(id, &[("Action", "Transfer")], 6000)], "has other tags");
    check(&[(id, &tick, 7000)], "comes when its interval does not");
    check(&[(id, &tick, 1000)], "comes when its interval does not");
    check(&[(id, &tick, 6500)], "is not whole seconds after");
    check(&[(id, &tick, 500)], "is before the message before it");
    check(&[(id, &tick, 6000), (id, &tick, 6000)], "in the log twice");
    check(
        &[(id, &tick, 11_000), (id, &tick, 6000)],
        "is before the tick before it",
    );
    // No block has come.
    check(&[("0-10-blocks", &[], 6000)], "comes when its");
}

#[test]
fn a_tick_is_the_owners_and_takes_no_place() {
    let right = || {
        let mut export = begun(&[("Cron-Interval", "5-seconds")]);
        export.tick("0-5-seconds", &[], 6000);
        export
    };
    right().is_right();
    let mut export = right();
    let Message::Cron(tick) = &mut export.assignments[1].message else {
        panic!("it is a tick");
    };
    tick.owner = "thief".to_owned();
    export.is_refused("is not from the process's owner");
    for change in [
        |place: &mut Place| place.nonce = 1,
        |place: &mut Place| place.hash_chain = [9; 32],
    ] {
        let mut export = right();
        change(&mut export.assignments[1].place);
        export.is_refused("has not the place of the message before it");
    }
    let mut export = right();
    export.add(Message::Sent(export.sent("home")));
    export.assignments[2].place.timestamp = 5000;
    export.is_refused("its time is before that of the entry before it");
}

#[test]
fn a_forks_id_is_that_of_where_it_was_forked() {
    let mut export = begun(&[]);
    let ancestor = Ancestor {
        id: export.process.id,
        until: 1,
        salt: [3; 32],
    };
    export.process.id = ancestor.fork().0;
    export.process.ancestors = vec![ancestor];
    export.is_right();
    export.process.id = [42; 32];
    export.is_refused("is not the id of a fork of");
    export.process.ancestors[0].until = 2;
    export.is_refused("after 2 entries, which cannot be");
}

#[test]
fn a_message_is_in_a_log_once() {
    let mut export = begun(&[]);
    let second = item(1, Some(export.id()), &[("Action", "Eval")], 3);
    export.add(message(&second));
    export.is_right();
    export.add(message(&second));
    export.is_refused("entry 2:");
    export.is_refused("is in the log twice");
}

#[test]
fn a_record_says_what_the_log_does() {
    let late = Moment {
        timestamp: u64::MAX,
        block_height: u64::MAX,
    };
    let changes: [(Change, &str); 4] = [
        (|process, late| process.last = late, "its last entry is not"),
        (
            |process, late| process.cron.origin = late,
            "its cron counts",
        ),
        (|process, _| process.next_nonce = 7, "the end of its hash"),
        (|process, _| process.length = 7, "its record counts 7"),
    ];
    for (change, why) in changes {
        let mut export = begun(&[]);
        change(&mut export.process, late);
        export.is_refused(why);
    }
    let mut export = begun(&[]);
    export.assignments[0].place.timestamp = u64::MAX;
    export.process.cron.origin.timestamp = u64::MAX;
    export.is_refused("its time or its height is beyond all others");
}

#[test]
fn a_process_begins_with_a_message_that_makes_it() {
    let mut export = begun(&[]);
    let first = export.assignments[0].message.clone();
    export.assignments[0].message = first.assigned(Vec::new()).unwrap();
    export.is_refused("its first entry is no message of its own");
    let mut export = begun(&[]);
    let other = item(1, None, &[MODULE], 4);
    export.process.id = other.id().0;
    export.assignments[0].message = message(&other);
    export.is_refused("its first message makes no process");
}
