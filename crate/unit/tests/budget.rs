//! The budget of a cause: what talks for ever is paused, visible, kept, and goes on when it is told to.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::Id;
use ao_unit::history::PausedCause;
use ao_unit::{Event, Settings};
use native::{Bench, MODULE, TOKEN, Wallet};
use serde_json::json;

const ECHO: &str = "n = 0 Handlers.add('Ping', function(m) n = n + 1 \
    got = (got or '') .. (m.Data or '') .. ';' \
    ao.send({ Target = m.From, Action = 'Ping', Data = tostring(n) }) end)";

fn budget_of(budget: u64) -> Settings {
    Settings {
        budget,
        ..Settings::default()
    }
}

fn paused(bench: &mut Bench) -> Vec<PausedCause> {
    bench.settle();
    bench
        .ask(|unit| async move { unit.paused().await })
        .unwrap()
}

fn resume(bench: &mut Bench, cause: &str) -> Result<u64, ao_unit::Error> {
    let cause = cause.to_owned();
    let resumed = bench.ask(|unit| async move { unit.resume(&cause).await });
    bench.settle();
    resumed
}

/// Two processes that begin to talk, and what made them.
fn talk(bench: &mut Bench, owner: &Wallet) -> (Id, Id, String) {
    let (left, right) = (bench.spawn(owner, ECHO), bench.spawn(owner, ECHO));
    let lua = format!("ao.send({{ Target = '{right}', Action = 'Ping', Data = '0' }}) return 0");
    let item = owner.item(Some(left), &[("Action", "Eval")], &lua);
    let cause = bench.accept(item).unwrap().id.to_string();
    bench.settle();
    (left, right, cause)
}

/// How many messages two processes have had from each other.
fn pings(bench: &mut Bench, (left, right): (Id, Id)) -> u64 {
    bench.length(left) + bench.length(right) - 3
}

/// What the two heard is what they said, each thing once.
fn nothing_is_lost_or_doubled(bench: &mut Bench, owner: &Wallet, (left, right): (Id, Id)) {
    for process in [left, right] {
        let n: u64 = bench.read(owner, process, "return n").parse().unwrap();
        let got = bench.read(owner, process, "return got");
        let said: Vec<u64> = got
            .split_terminator(';')
            .map(|n| n.parse().unwrap())
            .collect();
        let first = said[0];
        assert_eq!(said, (first..first + n).collect::<Vec<u64>>());
        assert!(bench.replays(process));
    }
}

#[test]
fn two_that_talk_for_ever_are_paused_at_the_budget() {
    let (mut bench, owner) = (Bench::open_with(budget_of(10)), Wallet::new("owner"));
    let (left, right, cause) = talk(&mut bench, &owner);
    assert_eq!(pings(&mut bench, (left, right)), 10);
    let waiting = PausedCause {
        cause,
        held: 1,
        processes: vec![right],
    };
    assert_eq!(paused(&mut bench), [waiting]);
    bench.advance(100_000);
    assert_eq!(pings(&mut bench, (left, right)), 10);
    nothing_is_lost_or_doubled(&mut bench, &owner, (left, right));
}

#[test]
fn others_go_on() {
    let (mut bench, owner) = (Bench::open_with(budget_of(10)), Wallet::new("owner"));
    let (left, _, _) = talk(&mut bench, &owner);
    let token = bench.spawn(&owner, TOKEN);
    assert_eq!(bench.read(&owner, token, "Balances[Owner]"), "1000");
    // So do those who wait, for what another cause brings.
    assert_eq!(bench.read(&owner, left, "return n"), "5");
    let (_, _, second) = talk(&mut bench, &owner);
    let causes: Vec<String> = paused(&mut bench)
        .into_iter()
        .map(|paused| paused.cause)
        .collect();
    assert_eq!(causes.len(), 2);
    assert!(causes.contains(&second));
}

#[test]
fn a_cause_goes_on_by_a_budget_at_a_time() {
    let (mut bench, owner) = (Bench::open_with(budget_of(10)), Wallet::new("owner"));
    let (left, right, cause) = talk(&mut bench, &owner);
    for round in 2..5 {
        assert_eq!(resume(&mut bench, &cause).unwrap(), 1);
        assert_eq!(pings(&mut bench, (left, right)), 10 * round);
        assert_eq!(paused(&mut bench).len(), 1);
    }
    nothing_is_lost_or_doubled(&mut bench, &owner, (left, right));
}

#[test]
fn what_waits_is_there_when_the_unit_is_opened_again() {
    let (mut bench, owner) = (Bench::open_with(budget_of(10)), Wallet::new("owner"));
    let (left, right, cause) = talk(&mut bench, &owner);
    let before = paused(&mut bench);
    let mut again = Bench::reopen_with(bench.store.clone(), budget_of(10));
    assert_eq!(paused(&mut again), before);
    assert_eq!(resume(&mut again, &cause).unwrap(), 1);
    assert_eq!(pings(&mut again, (left, right)), 20);
    nothing_is_lost_or_doubled(&mut again, &owner, (left, right));
    let mut last = Bench::reopen_with(again.store.clone(), budget_of(10));
    assert_eq!(
        paused(&mut last).len(),
        1,
        "what went on is not there twice"
    );
    assert_eq!(resume(&mut last, &cause).unwrap(), 1);
    nothing_is_lost_or_doubled(&mut last, &owner, (left, right));
}

#[test]
fn what_follows_is_counted_over_a_reopening() {
    let (mut bench, owner) = (Bench::open_with(budget_of(10)), Wallet::new("owner"));
    bench.settle();
    let (left, right) = (bench.spawn(&owner, ECHO), bench.spawn(&owner, ECHO));
    let lua = format!("ao.send({{ Target = '{right}', Action = 'Ping', Data = '0' }})");
    bench.eval(&owner, left, &lua);
    // The unit ends after that one outcome; what it sent is durable, and has its number.
    let mut again = Bench::reopen_with(bench.store.clone(), budget_of(10));
    assert_eq!(paused(&mut again).len(), 1);
    assert_eq!(pings(&mut again, (left, right)), 10);
}

#[test]
fn what_goes_out_to_many_is_counted_as_many_and_keeps_its_order() {
    let (mut bench, owner) = (Bench::open_with(budget_of(10)), Wallet::new("owner"));
    let to = "got = '' Handlers.add('Hi', function(m) got = got .. m.Data end)";
    let to = bench.spawn(&owner, to);
    let from = bench.spawn(&owner, "");
    let lua = format!(
        "for i = 1, 25 do ao.send({{ Target = '{to}', Action = 'Hi', Data = i .. ';' }}) end"
    );
    let item = owner.item(Some(from), &[("Action", "Eval")], &lua);
    let cause = bench.accept(item).unwrap().id.to_string();
    for (held, more) in [(15, 5), (5, 0)] {
        assert_eq!(paused(&mut bench)[0].held, held);
        assert_eq!(resume(&mut bench, &cause).unwrap(), held);
        assert_eq!(
            paused(&mut bench).first().map_or(0, |paused| paused.held),
            more
        );
    }
    let got = bench.read(&owner, to, "return got");
    let got: Vec<u32> = got
        .split_terminator(';')
        .map(|n| n.parse().unwrap())
        .collect();
    assert_eq!(got, (1..=25).collect::<Vec<u32>>());
}

#[test]
fn a_process_that_waits_to_be_made_is_not_there_yet() {
    let (mut bench, owner) = (Bench::open_with(budget_of(3)), Wallet::new("owner"));
    let parent = bench.spawn(
        &owner,
        "made = 0 Handlers.add('Spawned', function() made = made + 1 end)",
    );
    let lua = format!("for i = 1, 4 do ao.spawn('{MODULE}', {{}}) end");
    let item = owner.item(Some(parent), &[("Action", "Eval")], &lua);
    let cause = bench.accept(item).unwrap().id.to_string();
    let waiting = paused(&mut bench)[0].clone();
    assert_eq!(
        waiting.held, 5,
        "each is two messages: to it, and to its maker"
    );
    let count = |bench: &mut Bench| {
        bench
            .ask(|unit| async move { unit.processes().await })
            .unwrap()
            .len()
    };
    assert_eq!(count(&mut bench), 3);
    let unborn = *waiting.processes.iter().find(|id| **id != parent).unwrap();
    let error = bench.accept(owner.item(Some(unborn), &[], "")).unwrap_err();
    assert_eq!(error.code(), "PROCESS_NOT_FOUND");

    let mut again = Bench::reopen_with(bench.store.clone(), budget_of(3));
    assert_eq!(count(&mut again), 3);
    while let Some(waiting) = paused(&mut again).first() {
        assert_eq!(waiting.cause, cause);
        resume(&mut again, &cause).unwrap();
    }
    assert_eq!(count(&mut again), 5);
    assert_eq!(again.read(&owner, parent, "return made"), "4");
    let page = again.log(unborn, json!({}));
    assert_eq!(
        page["edges"][0]["node"]["message"]["id"],
        unborn.to_string()
    );
}

#[test]
fn processes_that_make_processes_for_ever_are_paused_too() {
    let (mut bench, owner) = (Bench::open_with(budget_of(20)), Wallet::new("owner"));
    let lua = format!(
        "Handlers.add('Spawned', function(m) ao.spawn('{MODULE}', {{}}) end) ao.spawn('{MODULE}', {{}})"
    );
    bench.spawn(&owner, &lua);
    bench.settle();
    let processes = bench
        .ask(|unit| async move { unit.processes().await })
        .unwrap();
    assert_eq!(processes.len(), 11);
    assert_eq!(paused(&mut bench)[0].held, 2);
}

#[test]
fn what_is_not_paused_cannot_go_on() {
    let (mut bench, owner) = (Bench::open_with(budget_of(10)), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    assert_eq!(paused(&mut bench), []);
    for cause in [process.to_string(), "nothing".to_owned()] {
        let error = resume(&mut bench, &cause).unwrap_err();
        assert_eq!(error.code(), "NOT_PAUSED");
        assert!(error.to_string().contains(&cause), "{error}");
    }
}

#[test]
fn a_pause_and_its_end_are_told() {
    let (mut bench, owner) = (Bench::open_with(budget_of(4)), Wallet::new("owner"));
    let events = bench.unit.events().unwrap();
    let (left, right, cause) = talk(&mut bench, &owner);
    resume(&mut bench, &cause).unwrap();
    bench.unit.close();
    bench.settle();
    let events: Vec<Event> = futures::executor::block_on_stream(events)
        .flatten()
        .collect();
    let paused = Event::Paused {
        cause: cause.clone(),
        allowance: 4,
    };
    let resumed = Event::Resumed { cause };
    let told: Vec<&Event> = events
        .iter()
        .filter(|event| [&paused, &resumed].contains(event))
        .collect();
    assert_eq!(told, [&paused, &resumed, &paused]);
    let delivered = events
        .iter()
        .filter(|event| matches!(event, Event::Delivered { .. }));
    let pairs = delivered.map(|event| match event {
        Event::Delivered { from, process, .. } => (*from, *process),
        _ => unreachable!(),
    });
    assert!(
        pairs
            .into_iter()
            .all(|pair| pair == (left, right) || pair == (right, left))
    );
}
