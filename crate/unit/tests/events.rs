//! What happens is told in its order, and only when it is durable; what fails is done again.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::Id;
use ao_unit::Event;
use ao_unit::store::StoreError;
use futures::channel::mpsc::UnboundedReceiver;
use native::{Bench, MODULE, Wallet, text};
use serde_json::{Value, json};

/// What was told since this was last asked, commit by commit.
fn told(events: &mut UnboundedReceiver<Vec<Event>>) -> Vec<Vec<Event>> {
    std::iter::from_fn(|| events.try_recv().ok()).collect()
}

fn aborted() -> StoreError {
    StoreError::Failed("aborted".to_owned())
}

/// A process that sends what it hears to another.
fn relay(bench: &mut Bench, owner: &Wallet) -> (Id, Id) {
    let to = "got = '' Handlers.add('Hi', function(m) got = got .. m.Data .. ';' end)";
    let to = bench.spawn(owner, to);
    let relay = format!(
        "n = 0 Handlers.add('Go', function(m) n = n + 1 \
         ao.send({{ Target = '{to}', Action = 'Hi', Data = tostring(n) }}) \
         ao.send({{ Target = 'away', Data = tostring(n) }}) end)"
    );
    (bench.spawn(owner, &relay), to)
}

#[test]
fn a_message_is_told_from_its_place_to_what_followed() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let (relay, to) = relay(&mut bench, &owner);
    bench.settle();
    let mut events = bench.unit.events().unwrap();
    let message = bench
        .accept(owner.item(Some(relay), &[("Action", "Go")], ""))
        .unwrap()
        .id;
    bench.settle();
    let commits = told(&mut events);
    let sent: Vec<Id> = commits.iter().flatten().filter_map(delivered).collect();
    let sent = sent[0];
    let (cron, failed, gas) = (false, false, 0);
    let evaluated = |process, message| Event::Evaluated {
        process,
        message,
        nonce: 1,
        cron,
        failed,
        gas,
    };
    let expected = [
        vec![Event::Assigned {
            process: relay,
            message,
            nonce: 1,
        }],
        vec![
            evaluated(relay, message),
            Event::Assigned {
                process: to,
                message: sent,
                nonce: 1,
            },
            Event::Delivered {
                from: relay,
                process: to,
                message: sent,
            },
            Event::Outbound {
                process: relay,
                nonce: 1,
                target: "away".to_owned(),
                reason: "process away is not in this unit: spawn or import it first".to_owned(),
            },
        ],
        vec![evaluated(to, sent)],
    ];
    assert_eq!(commits, expected);
}

fn delivered(event: &Event) -> Option<Id> {
    match event {
        Event::Delivered { message, .. } => Some(*message),
        _ => None,
    }
}

#[test]
fn what_is_not_durable_is_not_told() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let (relay, _) = relay(&mut bench, &owner);
    bench.settle();
    let mut events = bench.unit.events().unwrap();
    bench.settle();
    bench.store.fail_next_commit(aborted());
    bench
        .accept(owner.item(Some(relay), &[("Action", "Go")], ""))
        .unwrap_err();
    let commits = told(&mut events);
    assert_eq!(commits.len(), 1, "the failure alone");
    let Event::Error {
        process: None,
        code,
        ..
    } = &commits[0][0]
    else {
        panic!("{commits:?}");
    };
    assert_eq!((*code, commits[0].len()), ("STORE_FAILED", 1));
}

#[test]
fn a_failed_evaluation_is_told_as_one() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    bench.settle();
    let mut events = bench.unit.events().unwrap();
    bench.eval(&owner, process, "error('no')");
    let failures = told(&mut events).into_iter().flatten();
    let failures: Vec<bool> = failures
        .filter_map(|event| match event {
            Event::Evaluated { failed, .. } => Some(failed),
            _ => None,
        })
        .collect();
    assert_eq!(failures, [true]);
}

#[test]
fn ticks_are_told_as_ticks() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn_with(&owner, "", &[("Cron-Interval", "10-seconds")]);
    bench.monitor(process, true);
    let mut events = bench.unit.events().unwrap();
    bench.advance(25_000);
    let ticks = told(&mut events).into_iter().flatten();
    let ticks: Vec<(bool, u64)> = ticks
        .filter_map(|event| match event {
            Event::Evaluated { cron, nonce, .. } => Some((cron, nonce)),
            _ => None,
        })
        .collect();
    assert_eq!(ticks[ticks.len() - 2..], [(true, 0), (true, 0)]);
}

#[test]
fn everybody_who_listens_hears_the_same_from_then_on() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let mut first = bench.unit.events().unwrap();
    let process = bench.spawn(&owner, "");
    bench.settle();
    assert!(!told(&mut first).is_empty());
    let mut second = bench.unit.events().unwrap();
    drop(bench.unit.events().unwrap());
    bench.eval(&owner, process, "return 1");
    bench.settle();
    let (first, second) = (told(&mut first), told(&mut second));
    assert_eq!(first, second);
    assert!(!first.is_empty());
}

#[test]
fn events_are_json_by_their_type() {
    let event = Event::Paused {
        cause: "m".to_owned(),
        allowance: 4,
    };
    let json = serde_json::to_value(event).unwrap();
    assert_eq!(
        json,
        json!({ "type": "paused", "cause": "m", "allowance": 4 })
    );
}

/// Ten messages through a relay, with a store that fails at every `every`th step; what came of it.
fn relayed(every: usize) -> (String, Vec<Value>, u64) {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let (relay, to) = relay(&mut bench, &owner);
    bench.settle();
    for step in 0..10 {
        let item = owner.item(Some(relay), &[("Action", "Go")], "");
        if every > 0 && step % every == 0 {
            bench.store.fail_next_commit(aborted());
            bench.accept(item.clone()).unwrap_err();
        }
        bench.accept(item).unwrap();
        if every > 0 && step % every == 1 % every {
            bench.store.fail_next_commit(aborted());
            bench.settle();
            bench.store.fail_next_read(aborted());
        }
        bench.advance(1000);
        bench.advance(1000);
    }
    let outcomes = (0..=10)
        .map(|nonce| bench.outcome_at(relay, nonce))
        .collect();
    let got = bench.read(&owner, to, "return got");
    assert_eq!(bench.length(to), 12);
    assert!(bench.replays(relay) && bench.replays(to));
    let outbound = bench.outbound(relay).as_array().unwrap().len() as u64;
    (got, outcomes, outbound)
}

#[test]
fn a_store_that_fails_in_the_middle_loses_and_doubles_nothing() {
    let undisturbed = relayed(0);
    assert_eq!(undisturbed.0, "1;2;3;4;5;6;7;8;9;10;");
    assert_eq!(undisturbed.2, 10);
    for every in 1..=4 {
        assert_eq!(
            relayed(every),
            undisturbed,
            "with a failure at every {every}th"
        );
    }
}

#[test]
fn a_store_that_fails_while_a_cause_goes_on_keeps_what_waits() {
    let settings = ao_unit::Settings {
        budget: 5,
        ..ao_unit::Settings::default()
    };
    let (mut bench, owner) = (Bench::open_with(settings), Wallet::new("owner"));
    let to = bench.spawn(
        &owner,
        "got = '' Handlers.add('Hi', function(m) got = got .. m.Data end)",
    );
    let from = bench.spawn(&owner, "");
    let lua = format!(
        "for i = 1, 8 do ao.send({{ Target = '{to}', Action = 'Hi', Data = tostring(i) }}) end"
    );
    let item = owner.item(Some(from), &[("Action", "Eval")], &lua);
    let cause = bench.accept(item).unwrap().id.to_string();
    bench.settle();
    let again = cause.clone();
    bench.store.fail_next_commit(aborted());
    let failed = bench.ask(|unit| async move { unit.resume(&cause).await });
    assert_eq!(failed.unwrap_err().code(), "STORE_FAILED");
    assert_eq!(
        bench
            .ask(|unit| async move { unit.resume(&again).await })
            .unwrap(),
        3
    );
    assert_eq!(bench.read(&owner, to, "return got"), "12345678");
}

#[test]
fn a_failure_while_a_process_is_made_makes_it_once() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let parent = bench.spawn(
        &owner,
        "made = 0 Handlers.add('Spawned', function() made = made + 1 end)",
    );
    bench.settle();
    let lua = format!("ao.spawn('{MODULE}', {{}}) return 1");
    bench
        .accept(owner.item(Some(parent), &[("Action", "Eval")], &lua))
        .unwrap();
    for _ in 0..3 {
        bench.store.fail_next_commit(aborted());
        bench.advance(1000);
    }
    bench.advance(2000);
    assert_eq!(
        bench
            .ask(|unit| async move { unit.processes().await })
            .unwrap()
            .len(),
        2
    );
    assert_eq!(bench.read(&owner, parent, "return made"), "1");
    let shown = bench.outcome_at(parent, 1);
    assert_eq!(text(&shown["Error"]), "");
}
