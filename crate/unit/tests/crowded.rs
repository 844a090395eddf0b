//! Much at once, and something broken among it: nobody is left behind, and nobody is disturbed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::{DataItem, Id};
use ao_unit::store::{Batch, Part, Segment, Store, StoreError};
use ao_unit::{Event, Settings};
use futures::StreamExt;
use futures::channel::mpsc::UnboundedReceiver;
use futures::future::join_all;
use native::{Bench, Wallet};
use serde_json::json;

const COUNTER: &str = "n = 0 Handlers.add('Add', function() n = n + 1 end)";

fn told(events: &mut UnboundedReceiver<Vec<Event>>) -> Vec<Event> {
    std::iter::from_fn(|| events.try_recv().ok())
        .flatten()
        .collect()
}

fn errors(events: &mut UnboundedReceiver<Vec<Event>>) -> Vec<Event> {
    let mut told = told(events);
    told.retain(|event| matches!(event, Event::Error { .. }));
    told
}

fn accept_at_once(bench: &mut Bench, items: Vec<DataItem>) {
    let unit = bench.unit.clone();
    let accepting = items.into_iter().map(|item| {
        let unit = unit.clone();
        async move { unit.accept(item).await.unwrap() }
    });
    bench.run(join_all(accepting));
    bench.settle();
}

fn are_done(bench: &mut Bench) -> bool {
    let processes = bench.ask(|unit| async move { unit.processes().await });
    let is_done = |process: &ao_unit::ProcessSummary| process.length == process.evaluated;
    processes.unwrap().iter().all(is_done)
}

/// Makes what a store has of a process's log unreadable.
fn corrupt(bench: &mut Bench, process: Id) {
    bench.settle();
    let store = bench.store.clone();
    let nothing = Segment {
        first: 0,
        bytes: Vec::new(),
    };
    let batch = Batch {
        segments: vec![(process, Part::Ids, nothing)],
        ..Batch::default()
    };
    bench.run(async move { store.commit(batch).await.unwrap() });
}

#[test]
fn processes_that_take_turns_for_one_machine_all_come_to_their_end() {
    let settings = Settings {
        live: 1,
        ..Settings::default()
    };
    let (mut bench, owner) = (Bench::open_with(settings), Wallet::new("owner"));
    let (a, b) = (bench.spawn(&owner, COUNTER), bench.spawn(&owner, COUNTER));
    bench.settle();
    let mut events = bench.unit.events().unwrap();
    let item = |process| owner.item(Some(process), &[("Action", "Add")], "");
    let items = (0..40).flat_map(|_| [item(a), item(b)]).collect();
    accept_at_once(&mut bench, items);
    assert_eq!(errors(&mut events), []);
    assert!(are_done(&mut bench));
    for process in [a, b] {
        assert_eq!(bench.read(&owner, process, "n"), "40");
        assert!(bench.replays(process));
    }
}

#[test]
fn more_processes_than_there_is_room_for_hear_of_one_message() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let mut processes: Vec<Id> = (0..130).map(|_| bench.spawn(&owner, COUNTER)).collect();
    processes.sort_unstable();
    let send = |to: &Id| format!("ao.send({{ Target = '{to}', Action = 'Add' }}) ");
    let mut lua = send(&processes[0]).repeat(20);
    lua.extend(processes[1..].iter().map(send));
    let sender = bench.spawn(&owner, "");
    bench.settle();
    let mut events = bench.unit.events().unwrap();
    bench.eval(&owner, sender, &lua);
    bench.settle();
    assert_eq!(errors(&mut events), []);
    assert!(are_done(&mut bench));
    assert_eq!(bench.read(&owner, processes[0], "n"), "20");
    assert_eq!(bench.read(&owner, processes[129], "n"), "1");
}

#[test]
fn a_cause_that_is_resumed_gets_its_whole_budget_again_whatever_is_in_flight() {
    let settings = Settings {
        budget: 20,
        ..Settings::default()
    };
    let (mut bench, owner) = (Bench::open_with(settings), Wallet::new("owner"));
    let twice = "ao.send({ Target = ao.id, Action = 'Go' })".repeat(2);
    let lua = format!("Handlers.add('Go', function() {twice} end)");
    let process = bench.spawn(&owner, &lua);
    bench.settle();
    let mut events = bench.unit.events().unwrap();
    let item = owner.item(Some(process), &[("Action", "Go")], "");
    let cause = bench.accept(item).unwrap().id.to_string();
    let unit = bench.unit.clone();
    let is_paused = |event: &Event| matches!(event, Event::Paused { .. });
    bench.run(async move {
        while !events.next().await.unwrap().iter().any(is_paused) {}
        unit.resume(&cause).await.unwrap();
    });
    bench.settle();
    // The boot, the cause, and 20 and 20 that follow.
    assert_eq!(bench.length(process), 42);
}

#[test]
fn a_clock_whose_log_does_not_read_is_put_aside_until_it_is_asked_for() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let tags = [("Cron-Interval", "1-hours"), ("Cron-Tag-Action", "Add")];
    let process = bench.spawn_with(&owner, COUNTER, &tags);
    bench.monitor(process, true);
    corrupt(&mut bench, process);
    let mut again = bench.closed_for(7_200_000, Settings::default());
    let mut events = again.unit.events().unwrap();
    for _ in 0..50 {
        again.advance(1);
    }
    assert_eq!(errors(&mut events).len(), 1);
}

#[test]
fn a_record_that_does_not_read_is_told_to_the_first_who_listens() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, COUNTER);
    bench.settle();
    let store = bench.store.clone();
    let batch = Batch {
        processes: vec![(process, vec![9, 9])],
        ..Batch::default()
    };
    bench.run(async move { store.commit(batch).await.unwrap() });
    let mut again = Bench::reopen(bench.store.clone());
    again.settle();
    let mut events = again.unit.events().unwrap();
    again.settle();
    assert_eq!(errors(&mut events).len(), 1);
}

#[test]
fn who_listens_while_the_store_fails_hears_what_happens_afterwards() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, COUNTER);
    bench.settle();
    let full = || StoreError::Quota("full".to_owned());
    bench.store.fail_next_commit(full());
    let item = owner.item(Some(process), &[("Action", "Add")], "");
    bench.accept(item).unwrap_err();
    bench.store.fail_next_read(full());
    let mut events = bench.unit.events().unwrap();
    bench.settle();
    bench.advance(2_000);
    bench.send(&owner, process, &[("Action", "Add")], "");
    let is_evaluated = |event: &Event| matches!(event, Event::Evaluated { .. });
    assert!(told(&mut events).iter().any(is_evaluated));
}

#[test]
fn a_process_that_is_being_imported_answers_when_it_is_there() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, COUNTER);
    bench.settle();
    let id = process.to_string();
    let export = bench.ask(|unit| async move { unit.export(&id).await });
    let file = export.unwrap().to_bytes();
    let mut there = Bench::elsewhere();
    let tags = json!([{ "name": "Action", "value": "Eval" }]);
    let message = json!({ "Owner": owner.address(), "Tags": tags, "Data": "n" }).to_string();
    let (unit, id) = (there.unit.clone(), process.to_string());
    let (imported, tried) = there.run(async move {
        futures::join!(unit.import(&file, false), unit.dryrun(&id, &message, None))
    });
    assert_eq!(imported.unwrap(), process);
    tried.unwrap();
}

#[test]
fn a_log_that_does_not_read_hides_no_message_of_another() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let mut processes: Vec<Id> = (0..3).map(|_| bench.spawn(&owner, COUNTER)).collect();
    processes.sort_unstable();
    let item = owner.item(Some(processes[2]), &[("Action", "Add")], "");
    let message = bench.accept(item).unwrap().id.to_string();
    corrupt(&mut bench, processes[0]);
    let mut again = Bench::reopen(bench.store.clone());
    let to = processes[1].to_string();
    let assigned = again.ask(|unit| async move { unit.assign(&to, &message, vec![]).await });
    assigned.unwrap();
}

#[test]
fn a_page_of_everything_is_a_page() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, COUNTER);
    bench.settle();
    let everything = json!({ "limit": u64::MAX });
    let results = bench.results(process, everything.clone());
    assert_eq!(results["edges"].as_array().unwrap().len(), 1);
    let log = bench.log(process, everything);
    assert_eq!(log["edges"].as_array().unwrap().len(), 1);
}

#[test]
fn an_entry_of_an_outbox_that_is_a_list_is_no_message() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    let lua = "table.insert(ao.outbox.Messages, { 7, { Target = 'away', Tags = {}, Data = 'x' } }) \
               table.insert(ao.outbox.Messages, { 'away' }) return 1";
    bench.eval(&owner, process, lua);
    bench.settle();
    assert_eq!(bench.outbound(process), json!([]));
}
