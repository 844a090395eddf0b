//! What tests may do with a unit, and nobody else: messages without a signature, deliveries one at a time.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::Id;
use ao_unit::{Error, Settings};
use native::{Bench, MODULE, Wallet};
use serde_json::{Value, json};

fn testing() -> Settings {
    Settings {
        testing: true,
        ..Settings::default()
    }
}

fn impersonate(bench: &mut Bench, message: &Value) -> Result<ao_unit::Accepted, Error> {
    let text = message.to_string();
    bench.ask(|unit| async move { unit.impersonate(&text).await })
}

fn tag(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}

/// A process that sends a numbered message to `to` for each that it gets, and notes what it gets.
fn spawn(bench: &mut Bench, owner: &str, lua: &str) -> Id {
    let tags = json!([
        tag("Data-Protocol", "ao"),
        tag("Type", "Process"),
        tag("Module", MODULE),
        tag("On-Boot", "Data")
    ]);
    let message = json!({ "Owner": owner, "Data": lua, "Tags": tags });
    impersonate(bench, &message).unwrap().process
}

const NOTES: &str = "Notes = {}
Handlers.add('Note', 'Note', function(m) table.insert(Notes, m.Data .. ' from ' .. m.From) end)";

fn notes(bench: &mut Bench, process: Id) -> String {
    let ask = json!({ "Owner": "owner", "Tags": [tag("Action", "Eval")], "Data": "return table.concat(Notes, ', ')" });
    let outcome = bench.dryrun(process, &ask).unwrap();
    let outcome: Value = serde_json::from_str(outcome.as_json()).unwrap();
    outcome["Output"]["data"].as_str().unwrap().to_owned()
}

#[test]
fn a_message_is_from_whomever_it_says() {
    let mut bench = Bench::open_with(testing());
    let process = spawn(&mut bench, "owner", NOTES);
    for owner in ["alice", "bob", "alice"] {
        let message = json!({
            "Owner": owner, "Target": process, "Data": "hello", "Tags": [tag("Action", "Note")],
        });
        impersonate(&mut bench, &message).unwrap();
    }
    assert_eq!(
        notes(&mut bench, process),
        "hello from alice, hello from bob, hello from alice"
    );
}

#[test]
fn the_same_tests_find_the_same_ids() {
    let ids = || {
        let mut bench = Bench::open_with(testing());
        let process = spawn(&mut bench, "owner", NOTES);
        let message = json!({ "Owner": "alice", "Target": process, "Data": "hello" });
        let mut send = || impersonate(&mut bench, &message).unwrap();
        (process, send().id, send().id)
    };
    let (process, first, second) = ids();
    assert_ne!(first, second);
    assert_eq!((process, first, second), ids());
}

#[test]
fn only_a_unit_for_tests_takes_what_nobody_signed() {
    let mut bench = Bench::open();
    let message = json!({ "Owner": "alice", "Target": "x" });
    let error = impersonate(&mut bench, &message).unwrap_err();
    assert_eq!(error.code(), "TESTING_ONLY");
    assert!(
        bench
            .ask(|unit| async move { unit.hold(true).await })
            .is_err()
    );
    assert!(
        bench
            .ask(|unit| async move { unit.release(0).await })
            .is_err()
    );
}

#[test]
fn a_message_that_says_nothing_of_its_owner_is_refused() {
    let mut bench = Bench::open_with(testing());
    for message in [
        json!({ "Target": "x" }),
        json!({ "Owner": "", "Target": "x" }),
        json!({ "Owner": "a", "Form": "b" }),
    ] {
        let error = impersonate(&mut bench, &message).unwrap_err();
        assert_eq!(error.code(), "IMPERSONATION_INVALID", "{message}");
    }
    let nobody = json!({ "Owner": "alice", "Target": Id([9; 32]) });
    assert_eq!(
        impersonate(&mut bench, &nobody).unwrap_err().code(),
        "PROCESS_NOT_FOUND"
    );
}

#[test]
fn deliveries_wait_and_go_in_whichever_order_they_are_let_go() {
    let mut bench = Bench::open_with(testing());
    let to = spawn(&mut bench, "owner", NOTES);
    let from = spawn(
        &mut bench,
        "owner",
        &format!(
            "for i = 1, 3 do Send({{ Target = '{to}', Action = 'Note', Data = tostring(i) }}) end"
        ),
    );
    bench.settle();
    // They were sent before anything was held back.
    assert_eq!(notes(&mut bench, to).matches(" from ").count(), 3);

    bench
        .ask(|unit| async move { unit.hold(true).await })
        .unwrap();
    let message = json!({
        "Owner": "owner", "Target": from, "Tags": [tag("Action", "Eval")],
        "Data": format!("for i = 4, 6 do Send({{ Target = '{to}', Action = 'Note', Data = tostring(i) }}) end"),
    });
    impersonate(&mut bench, &message).unwrap();
    bench.settle();
    let held = bench.ask(|unit| async move { unit.held().await }).unwrap();
    let said: Vec<&str> = held.iter().map(|held| held.data.as_str()).collect();
    assert_eq!(said, ["4", "5", "6"]);
    assert!(
        held.iter()
            .all(|held| (held.from, held.process) == (from, to))
    );

    let last = held[2].number;
    bench
        .ask(|unit| async move { unit.release(last).await })
        .unwrap();
    let error = bench
        .ask(|unit| async move { unit.release(last).await })
        .unwrap_err();
    assert_eq!(error.code(), "NOT_HELD");
    let gone = bench
        .ask(|unit| async move { unit.hold(false).await })
        .unwrap();
    assert_eq!(gone, 2);
    bench.settle();
    let notes = notes(&mut bench, to);
    let order: String = notes.split(", ").map(|note| &note[..1]).collect();
    assert_eq!(order, "123645");
}

#[test]
fn who_waits_until_all_is_settled_finds_all_that_follows_evaluated() {
    let mut bench = Bench::open_with(testing());
    let settled = |bench: &mut Bench| bench.ask(|unit| async move { unit.settled().await });
    settled(&mut bench).unwrap();
    let mut next = spawn(&mut bench, "owner", NOTES);
    let last = next;
    for _ in 0..40 {
        let lua = format!(
            "Handlers.add('Go', 'Note', function() Send({{ Target = '{next}', Action = 'Note', Data = 'on' }}) end)"
        );
        next = spawn(&mut bench, "owner", &lua);
    }
    let message = json!({ "Owner": "alice", "Target": next, "Tags": [tag("Action", "Note")] });
    impersonate(&mut bench, &message).unwrap();
    settled(&mut bench).unwrap();
    let processes = bench.ask(|unit| async move { unit.processes().await });
    let processes = processes.unwrap();
    assert!(processes.iter().all(|one| one.evaluated == one.length));
    assert!(notes(&mut bench, last).starts_with("on from"));
}

#[test]
fn what_is_held_back_is_held_back_when_the_unit_is_opened_again() {
    let mut bench = Bench::open_with(testing());
    let to = spawn(&mut bench, "owner", NOTES);
    bench
        .ask(|unit| async move { unit.hold(true).await })
        .unwrap();
    let lua = format!("Send({{ Target = '{to}', Action = 'Note', Data = 'one' }})");
    spawn(&mut bench, "owner", &lua);
    bench.settle();
    let mut bench = bench.closed_for(0, testing());
    let held = bench.ask(|unit| async move { unit.held().await }).unwrap();
    assert_eq!(held.len(), 1);
    let number = held[0].number;
    bench
        .ask(|unit| async move { unit.release(number).await })
        .unwrap();
    bench.settle();
    assert!(notes(&mut bench, to).starts_with("one from"));
}

#[test]
fn a_message_is_found_wherever_it_is() {
    let mut bench = Bench::open();
    let owner = Wallet::new("owner");
    let (first, second) = (bench.spawn(&owner, NOTES), bench.spawn(&owner, NOTES));
    let sent = bench
        .accept(owner.item(Some(second), &[("Action", "Note")], "hello"))
        .unwrap();
    let mut find = |id: Id, process: Option<Id>| {
        let (id, process) = (id.to_string(), process.map(|process| process.to_string()));
        bench.ask(|unit| async move { unit.find(&id, process.as_deref()).await })
    };
    let found = find(sent.id, None).unwrap().unwrap();
    assert_eq!(found.process, second);
    assert_eq!(found.node.message.unwrap().id, sent.id);
    assert_eq!(find(first, None).unwrap().unwrap().process, first);
    assert!(find(sent.id, Some(first)).unwrap().is_none());
    assert!(find(Id([9; 32]), None).unwrap().is_none());
    assert_eq!(
        find(sent.id, Some(Id([9; 32]))).unwrap_err().code(),
        "PROCESS_NOT_FOUND"
    );
}

#[test]
fn the_clock_says_the_time_and_the_height() {
    let mut bench = Bench::open();
    let before = bench.ask(|unit| async move { unit.clock().await }).unwrap();
    assert_eq!(before.timestamp, bench.now());
    bench.set_clock(1_735_689_600_000 + 240_000);
    let now = bench.ask(|unit| async move { unit.clock().await }).unwrap();
    assert_eq!(now.height, 1_500_002);
    assert_eq!(now.chain, ao_unit::Chain::default());
}

#[test]
fn a_registered_module_is_run_and_remembered() {
    let mut bench = Bench::open();
    let owner = Wallet::new("owner");
    let item = |data: &str| {
        let tags = [
            ("Data-Protocol", "ao"),
            ("Type", "Process"),
            ("Module", "mine"),
        ];
        owner.item(None, &tags, data)
    };
    let error = bench.accept(item("a")).unwrap_err();
    assert_eq!(error.code(), "MODULE_UNKNOWN");
    let register =
        |unit: ao_unit::Unit<_>| async move { unit.register_module("mine", "My module").await };
    bench.ask(register).unwrap();
    bench.accept(item("b")).unwrap();
    let mut bench = bench.closed_for(0, Settings::default());
    bench.accept(item("c")).unwrap();
    let modules = bench
        .ask(|unit| async move { unit.modules().await })
        .unwrap();
    let last = modules.last().unwrap();
    assert_eq!(
        (last.id.as_str(), last.name.as_str(), last.registered),
        ("mine", "My module", true)
    );
    assert_eq!(modules[0].id, MODULE);
}
