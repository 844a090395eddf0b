//! Forks: processes that go on from where others were.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::Id;
use ao_unit::Error;
use native::counter::{add, counter, fork};
use native::{Bench, Wallet, json};
use serde_json::json;

#[test]
fn a_fork_goes_on_from_a_past_message_under_its_own_id() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counter(&mut bench, &owner);
    let other = fork(&mut bench, process, Some(2)).unwrap();
    assert_ne!(other, process);
    assert_eq!(bench.length(other), 3);
    assert_eq!(add(&mut bench, &owner, other), format!("{other} 3"));
    assert_eq!(add(&mut bench, &owner, process), format!("{process} 6"));
    assert_eq!(
        add(&mut bench, &owner, other),
        format!("{other} 4"),
        "each its own"
    );
    assert!(bench.replays(other) && bench.replays(process));
    let mut again = Bench::reopen(bench.store.clone());
    assert_eq!(add(&mut again, &owner, other), format!("{other} 5"));
    assert!(again.replays(other));
}

#[test]
fn a_fork_goes_on_from_the_last_message_unless_told() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counter(&mut bench, &owner);
    let other = fork(&mut bench, process, None).unwrap();
    assert_eq!(add(&mut bench, &owner, other), format!("{other} 6"));
}

#[test]
fn a_fork_has_the_outcomes_and_the_past_of_what_it_was() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counter(&mut bench, &owner);
    let other = fork(&mut bench, process, Some(3)).unwrap();
    for nonce in 0..=3 {
        assert_eq!(
            bench.outcome_at(other, nonce),
            bench.outcome_at(process, nonce)
        );
    }
    let id = other.to_string();
    let error = bench.ask(|unit| async move { unit.outcome_at(&id, 4).await });
    assert_eq!(error.unwrap_err().code(), "NONCE_NOT_FOUND");
}

#[test]
fn a_fork_answers_dryruns_at_once() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counter(&mut bench, &owner);
    let other = fork(&mut bench, process, Some(2)).unwrap();
    let tags = json!([{ "name": "Action", "value": "Eval" }]);
    let message = json!({ "Owner": owner.address(), "Tags": tags, "Data": "return ao.id .. n" });
    let outcome = json(&bench.dryrun(other, &message).unwrap());
    assert_eq!(outcome["Output"]["data"], format!("{other}2"));
}

#[test]
fn a_fork_can_be_looked_at_before_it_was_one() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counter(&mut bench, &owner);
    let other = fork(&mut bench, process, Some(3)).unwrap();
    for nonce in 0..=3 {
        let n = bench.state_at(&owner, other, nonce, "return n");
        assert_eq!(n, nonce.to_string());
    }
}

#[test]
fn a_fork_of_a_fork_goes_on_too() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counter(&mut bench, &owner);
    let second = fork(&mut bench, process, Some(3)).unwrap();
    for _ in 0..3 {
        add(&mut bench, &owner, second);
    }
    for (nonce, n) in [(1, 2), (3, 4), (4, 5), (6, 7)] {
        let third = fork(&mut bench, second, Some(nonce)).unwrap();
        assert_eq!(
            add(&mut bench, &owner, third),
            format!("{third} {n}"),
            "from {nonce}"
        );
        assert!(bench.replays(third), "from {nonce}");
    }
    assert!(bench.replays(second));
}

#[test]
fn a_fork_of_what_failed_and_was_reset_is_the_same() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counter(&mut bench, &owner);
    bench.eval(&owner, process, "n = 99 error('no')");
    bench.send(&owner, process, &[("Action", "Reset-Memory")], "");
    add(&mut bench, &owner, process);
    let other = fork(&mut bench, process, None).unwrap();
    assert_eq!(add(&mut bench, &owner, other), format!("{other} 2"));
    bench.send(&owner, other, &[("Action", "Reset-Memory")], "");
    assert_eq!(add(&mut bench, &owner, other), format!("{other} 1"));
    assert!(bench.replays(other));
}

#[test]
fn a_fork_ticks_from_the_message_on() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let tags = [("Cron-Interval", "10-seconds"), ("Cron-Tag-Action", "Tick")];
    let lua = "t = '' Handlers.add('Tick', function(m) t = t .. m.Timestamp % 1000000 .. ' ' end)";
    let process = bench.spawn_with(&owner, lua, &tags);
    bench.eval(&owner, process, "n = 1");
    bench.advance(25_000);
    bench.eval(&owner, process, "n = 2");
    let other = fork(&mut bench, process, Some(1)).unwrap();
    assert_eq!(bench.length(other), 2);
    assert_eq!(
        bench.read(&owner, other, "return n .. ' ' .. t"),
        "1 10000 20000 "
    );
    assert_eq!(
        bench.read(&owner, process, "return n .. ' ' .. t"),
        "2 10000 20000 "
    );
    assert!(bench.replays(other));
}

#[test]
fn what_cannot_be_forked_is_named() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counter(&mut bench, &owner);
    let code = |result: Result<Id, Error>| result.unwrap_err().code();
    assert_eq!(
        code(fork(&mut bench, Id([9; 32]), None)),
        "PROCESS_NOT_FOUND"
    );
    assert_eq!(code(fork(&mut bench, process, Some(6))), "NONCE_NOT_FOUND");
    let unit = bench.unit.clone();
    let (id, item) = (process.to_string(), owner.item(Some(process), &[], ""));
    let both = async { futures::join!(unit.accept(item), unit.fork(&id, Some(6))) };
    assert_eq!(code(bench.run(both).1), "NOT_EVALUATED");
}
