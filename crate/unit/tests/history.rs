//! What can be read of the past: outcomes and states at any nonce, and logs that are evaluated anew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::Id;
use native::{Bench, Wallet, json, text};
use serde_json::{Value, json};

/// `n` is 0, then what each message says: the third fails.
fn counted(bench: &mut Bench, owner: &Wallet) -> Id {
    let process = bench.spawn(owner, "n = 0");
    for lua in ["n = 1", "n = 2", "n = 3 error('no')", "n = n + 10"] {
        bench.eval(owner, process, lua);
    }
    process
}

/// Ticks thrice between its first and its second message.
fn ticking(bench: &mut Bench, owner: &Wallet) -> Id {
    let tags = [("Cron-Interval", "10-seconds"), ("Cron-Tag-Action", "Tick")];
    let lua = "ticks = 0 Handlers.add('Tick', function() ticks = ticks + 1 end)";
    let process = bench.spawn_with(owner, lua, &tags);
    bench.eval(owner, process, "n = 1 return 'one'");
    bench.advance(35_000);
    bench.eval(owner, process, "n = 2 return 'two ' .. ticks");
    bench.eval(owner, process, "n = 3 return 'three'");
    process
}

#[test]
fn a_state_is_there_after_every_message() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counted(&mut bench, &owner);
    for (nonce, n) in [(4, "12"), (0, "0"), (1, "1"), (3, "2"), (2, "2"), (4, "12")] {
        assert_eq!(
            bench.state_at(&owner, process, nonce, "return n"),
            n,
            "at {nonce}"
        );
    }
    assert_eq!(
        bench.read(&owner, process, "return n"),
        "12",
        "and nothing changed"
    );
    let mut again = Bench::reopen(bench.store.clone());
    assert_eq!(again.state_at(&owner, process, 1, "return n"), "1");
    assert!(again.replays(process));
}

#[test]
fn looking_at_the_past_changes_neither_it_nor_the_present() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counted(&mut bench, &owner);
    for _ in 0..2 {
        assert_eq!(
            bench.state_at(&owner, process, 1, "n = n + 1 return n"),
            "2"
        );
    }
    assert_eq!(bench.state_at(&owner, process, 1, "return n"), "1");
    assert_eq!(bench.read(&owner, process, "return n"), "12");
}

#[test]
fn the_past_has_the_time_that_it_had() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    bench.advance(500);
    bench.eval(&owner, process, "");
    bench.advance(500);
    bench.eval(&owner, process, "");
    let time =
        |bench: &mut Bench, nonce| bench.state_at(&owner, process, nonce, "return os.time()");
    let times: Vec<String> = (0..3).map(|nonce| time(&mut bench, nonce)).collect();
    assert_eq!(times, ["1700000000000", "1700000000500", "1700000001000"]);
}

#[test]
fn an_outcome_is_there_of_every_message() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = ticking(&mut bench, &owner);
    let mut shown = |nonce| text(&bench.outcome_at(process, nonce)["Output"]["data"]);
    assert_eq!([shown(1), shown(2), shown(3)], ["one", "two 3", "three"]);
}

#[test]
fn ticks_come_after_the_message_whose_nonce_they_bear() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = ticking(&mut bench, &owner);
    let mut at = |nonce| bench.state_at(&owner, process, nonce, "return (n or 0) .. ' ' .. ticks");
    assert_eq!([at(0), at(1), at(2), at(3)], ["0 0", "1 0", "2 3", "3 3"]);
}

#[test]
fn what_is_asked_while_a_message_arrives_is_answered() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = ticking(&mut bench, &owner);
    for nonce in 0..5 {
        let (unit, fresh) = (bench.unit.clone(), nonce + 4);
        let item = owner.item(Some(process), &[("Action", "Eval")], "return 'more'");
        let id = process.to_string();
        let (accepted, past, now, export) = bench.run(async {
            let (past, now) = (unit.outcome_at(&id, nonce), unit.outcome_at(&id, fresh));
            futures::join!(unit.accept(item), past, now, unit.export(&id))
        });
        assert_eq!(accepted.unwrap().nonce, fresh);
        assert!(past.is_ok(), "{nonce}: {past:?}");
        assert_eq!(json(&now.unwrap())["Output"]["data"], "more");
        assert!(export.is_ok(), "{nonce}: {export:?}");
    }
    let unit = bench.unit.clone();
    let (id, item) = (process.to_string(), owner.item(Some(process), &[], ""));
    let both = async { futures::join!(unit.export(&id), unit.accept(item)) };
    assert!(bench.run(both).0.is_ok(), "also if it is asked first");
}

#[test]
fn a_nonce_that_is_not_taken_is_named() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counted(&mut bench, &owner);
    let id = process.to_string();
    let error = bench
        .ask(|unit| async move { unit.outcome_at(&id, 5).await })
        .unwrap_err();
    assert_eq!(error.code(), "NONCE_NOT_FOUND");
    assert!(
        error.to_string().contains("its next message gets 5"),
        "{error}"
    );
    let (id, message) = (process.to_string(), json!({ "Owner": "a" }).to_string());
    let error = bench.ask(|unit| async move { unit.dryrun(&id, &message, Some(9)).await });
    assert_eq!(error.unwrap_err().code(), "NONCE_NOT_FOUND");
}

#[test]
fn a_log_comes_to_the_same_when_it_is_evaluated_anew() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn_with(&owner, "n = 0", &[("Compute-Limit", "3000000")]);
    for number in 0..60 {
        let lua = match number % 10 {
            3 => "n = 1000 error('no')",
            7 => "n = 2000 while true do end",
            _ => "n = n + 1 ao.send({ Target = ao.id, Action = 'Echo' }) return n",
        };
        let item = owner.item(Some(process), &[("Action", "Eval")], lua);
        bench.accept(item).unwrap();
    }
    bench.send(&owner, process, &[("Action", "Reset-Memory")], "");
    bench.eval(&owner, process, "n = n + 5");
    assert!(bench.replays(process));
    assert_eq!(bench.read(&owner, process, "return n"), "5");
    let mut again = Bench::reopen(bench.store.clone());
    assert!(again.replays(process), "after it is opened again, too");
    let id = process.to_string();
    let replayed = again
        .ask(|unit| async move { unit.replay(&id).await })
        .unwrap();
    assert_eq!(replayed.entries, again.length(process));
}

#[test]
fn a_log_that_comes_to_something_else_is_found_out() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counted(&mut bench, &owner);
    let replay = |bench: &mut Bench| {
        let id = process.to_string();
        let replayed = bench.ask(|unit| async move { unit.replay(&id).await });
        serde_json::to_value(replayed.unwrap()).unwrap()
    };
    let same =
        json!({ "entries": 5, "different": 0, "firstDifference": null, "memoryIsEqual": true });
    assert_eq!(replay(&mut bench), same);
    // Outside WebAssembly, no two tables are at one address.
    let address = bench.read(&owner, process, "return tostring({})");
    bench.eval(&owner, process, "return 1");
    let other = replay(&mut bench);
    assert_eq!(
        (&other["different"], &other["entries"]),
        (&json!(1), &json!(7))
    );
    let difference = &other["firstDifference"];
    assert_eq!(difference["nonce"], 5);
    assert!(text(&difference["stored"]).contains(&address));
    assert!(!text(&difference["replayed"]).contains(&address));
}

#[test]
fn many_processes_at_rest_have_their_past() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let settings = ao_unit::Settings {
        live: 2,
        ..ao_unit::Settings::default()
    };
    let processes: Vec<Id> = (0..6).map(|_| counted(&mut bench, &owner)).collect();
    let mut again = Bench::reopen_with(bench.store.clone(), settings);
    for process in &processes {
        assert_eq!(again.state_at(&owner, *process, 2, "return n"), "2");
        assert_eq!(again.read(&owner, *process, "return n"), "12");
    }
    assert!(processes.iter().all(|process| again.replays(*process)));
}

#[test]
fn a_dryrun_of_the_past_is_read_only() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counted(&mut bench, &owner);
    bench.heard(process);
    let (id, message) = (
        process.to_string(),
        json!({ "Owner": "a", "Data": "x" }).to_string(),
    );
    let outcome = bench.ask(|unit| async move { unit.dryrun(&id, &message, Some(1)).await });
    let outcome: Value = json(&outcome.unwrap());
    assert!(outcome.get("Error").is_none(), "{outcome}");
    let tried = bench.heard(process).pop().unwrap();
    assert_eq!(
        (&tried["Read-Only"], tried.get("Nonce")),
        (&json!(true), None)
    );
}
