//! Processes that are deleted, and a clock that is advanced.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::Id;
use ao_unit::store::Store;
use ao_unit::{Error, Event, Settings};
use native::{Bench, Wallet, text};

fn remove(bench: &mut Bench, process: Id) -> Result<(), Error> {
    let id = process.to_string();
    bench.ask(|unit| async move { unit.remove(&id).await })
}

fn processes(bench: &mut Bench) -> Vec<Id> {
    let processes = bench.ask(|unit| async move { unit.processes().await });
    processes
        .unwrap()
        .into_iter()
        .map(|summary| summary.id)
        .collect()
}

#[test]
fn a_process_that_is_removed_is_nowhere_after_a_reopening_and_others_are_as_they_were() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let (gone, stays) = (bench.spawn(&owner, "n = 1"), bench.spawn(&owner, "n = 2"));
    bench.eval(&owner, gone, "n = 10");
    bench.eval(&owner, stays, "n = 20");
    let id = gone.to_string();
    let checkpointed = bench.ask(|unit| async move { unit.checkpoint_now(&id).await });
    assert!(checkpointed.unwrap().bytes > 0);
    remove(&mut bench, gone).unwrap();
    assert_eq!(processes(&mut bench), [stays]);
    assert_eq!(
        remove(&mut bench, gone).unwrap_err().code(),
        "PROCESS_NOT_FOUND"
    );
    assert!(
        pollster::block_on(bench.store.checkpoints(gone))
            .unwrap()
            .is_empty()
    );
    let mut again = Bench::reopen(bench.store.clone());
    assert_eq!(processes(&mut again), [stays]);
    assert_eq!(again.read(&owner, stays, "return n"), "20");
}

#[test]
fn a_process_that_is_removed_can_be_spawned_and_imported_again() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "n = (n or 0) + 1");
    bench.eval(&owner, process, "n = 5");
    let id = process.to_string();
    let file = bench
        .ask(|unit| async move { unit.export(&id).await })
        .unwrap()
        .to_bytes();
    remove(&mut bench, process).unwrap();
    let imported = bench.ask(|unit| async move { unit.import(&file, false).await });
    assert_eq!(imported.unwrap(), process);
    assert_eq!(bench.read(&owner, process, "return n"), "5");
}

#[test]
fn what_is_sent_to_a_process_that_was_removed_is_listed_as_leaving() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let (gone, sender) = (bench.spawn(&owner, ""), bench.spawn(&owner, ""));
    remove(&mut bench, gone).unwrap();
    let send = format!("ao.send({{ Target = '{gone}', Action = 'Hi' }})");
    bench.eval(&owner, sender, &send);
    let outbound = bench.outbound(sender);
    assert_eq!(text(&outbound[0]["target"]), gone.to_string());
}

#[test]
fn what_was_held_back_for_a_process_goes_with_it() {
    let settings = Settings {
        budget: 4,
        ..Settings::default()
    };
    let (mut bench, owner) = (Bench::open_with(settings.clone()), Wallet::new("owner"));
    let echo = "Handlers.add('Hi', function(m) ao.send({ Target = m.From, Action = 'Hi' }) end)";
    let (one, other) = (bench.spawn(&owner, echo), bench.spawn(&owner, echo));
    bench.eval(
        &owner,
        one,
        &format!("ao.send({{ Target = '{other}', Action = 'Hi' }})"),
    );
    bench.settle();
    let paused = bench
        .ask(|unit| async move { unit.paused().await })
        .unwrap();
    assert_eq!(paused.len(), 1);
    for process in [one, other] {
        remove(&mut bench, process).unwrap();
    }
    let paused = bench
        .ask(|unit| async move { unit.paused().await })
        .unwrap();
    assert!(paused.is_empty(), "{paused:?}");
    assert!(pollster::block_on(bench.store.held()).unwrap().is_empty());
}

#[test]
fn who_waits_for_a_process_that_is_removed_is_told() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    let item = owner.item(Some(process), &[("Action", "Eval")], "return 1");
    let (unit, id) = (bench.unit.clone(), process.to_string());
    let outcome = bench.run(async move {
        let accepted = unit.accept(item).await.unwrap();
        let (message, other) = (accepted.id.to_string(), id.clone());
        let (outcome, removed) = futures::join!(unit.result(&other, &message), unit.remove(&id));
        removed.unwrap();
        outcome
    });
    // Whichever came first: it is evaluated, or it is told that there is no such process.
    assert!(outcome.is_ok() || outcome.unwrap_err().code() == "PROCESS_NOT_FOUND");
}

#[test]
fn that_a_process_was_removed_is_told() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    bench.settle();
    let mut events = bench.unit.events().unwrap();
    remove(&mut bench, process).unwrap();
    bench.settle();
    let told: Vec<Event> = std::iter::from_fn(|| events.try_recv().ok())
        .flatten()
        .collect();
    assert!(told.contains(&Event::Removed { process }), "{told:?}");
}

#[test]
fn a_clock_that_is_advanced_lets_crons_tick_and_stays_ahead() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let lua = "ticks = 0 Handlers.add('Tick', function() ticks = ticks + 1 end)";
    let tags = [("Cron-Interval", "10-seconds"), ("Cron-Tag-Action", "Tick")];
    let process = bench.spawn_with(&owner, lua, &tags);
    let id = process.to_string();
    bench
        .ask(|unit| async move { unit.monitor(&id, true).await })
        .unwrap();
    let before = bench.now();
    let next = |bench: &mut Bench| {
        let listed = bench
            .ask(|unit| async move { unit.processes().await })
            .unwrap();
        listed[0].cron.as_ref().unwrap().next
    };
    assert_eq!(next(&mut bench), Some(before + 10_000));
    let reading = bench
        .ask(|unit| async move { unit.advance(60_000).await })
        .unwrap();
    assert_eq!(reading.timestamp, before + 60_000);
    bench.settle();
    assert_eq!(bench.read(&owner, process, "return ticks"), "5");
    bench.advance(1000);
    assert_eq!(bench.read(&owner, process, "return ticks"), "6");
    assert_eq!(
        bench.read(&owner, process, "return os.time()"),
        (before + 61_000).to_string()
    );
    let mut again = bench.closed_for(0, Settings::default());
    let clock = again.ask(|unit| async move { unit.clock().await }).unwrap();
    assert_eq!(clock.timestamp, before + 61_000, "after a reopening, too");
}
