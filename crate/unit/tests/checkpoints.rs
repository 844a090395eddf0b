//! Checkpoints spare a process its past, and never change it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::Id;
use ao_unit::store::{Batch, Checkpoint, Store, StoreError};
use ao_unit::{Checkpointed, Event, Settings};
use native::{Bench, TestStore, Wallet};

/// Of bytes.
const LARGE: usize = 100_000;

const COUNTER: &str = "n = 0 Handlers.add('Add', function() n = n + 1 end)";

fn counted(bench: &mut Bench, owner: &Wallet, times: u64) -> Id {
    let process = bench.spawn(owner, COUNTER);
    add(bench, owner, process, times);
    process
}

fn add(bench: &mut Bench, owner: &Wallet, process: Id, times: u64) {
    for _ in 0..times {
        bench.send(owner, process, &[("Action", "Add")], "");
    }
}

/// A counter whose machine has a little more than [`LARGE`] bytes.
fn grown(bench: &mut Bench, owner: &Wallet) -> Id {
    let process = bench.spawn(owner, COUNTER);
    let data = "x".repeat(LARGE);
    bench.send(owner, process, &[("Action", "Add")], &data);
    process
}

fn places(bench: &mut Bench, process: Id) -> Vec<u64> {
    bench.settle();
    let store = bench.store.clone();
    let heads = bench.run(async move { store.checkpoints(process).await });
    heads.unwrap().iter().map(|head| head.at).collect()
}

fn checkpoint(bench: &mut Bench, process: Id) -> Checkpointed {
    let id = process.to_string();
    bench
        .ask(|unit| async move { unit.checkpoint_now(&id).await })
        .unwrap()
}

/// Changes a byte of a stored checkpoint.
fn damage(bench: &mut Bench, process: Id, at: u64) {
    let store: TestStore = bench.store.clone();
    bench.run(async move {
        let heads = store.checkpoints(process).await.unwrap();
        let head = heads.iter().find(|head| head.at == at).unwrap();
        let mut bytes = store.checkpoint(process, at).await.unwrap().unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        let damaged = Checkpoint {
            at,
            base: head.base,
            memory: head.memory,
            bytes,
        };
        let batch = Batch {
            checkpoints: vec![(process, damaged)],
            ..Batch::default()
        };
        store.commit(batch).await.unwrap();
    });
}

#[test]
fn a_process_that_rests_gets_a_checkpoint_and_starts_from_it() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counted(&mut bench, &owner, 5);
    assert_eq!(places(&mut bench, process), [] as [u64; 0]);
    bench.advance(2_000);
    assert_eq!(places(&mut bench, process), [6]);

    let mut again = Bench::reopen(bench.store.clone());
    assert_eq!(again.read(&owner, process, "n"), "5");
    assert!(again.replays(process));
}

#[test]
fn a_busy_process_gets_a_checkpoint_every_so_many_messages() {
    let mut settings = Settings::default();
    settings.checkpoints.evaluations = 4;
    let (mut bench, owner) = (Bench::open_with(settings), Wallet::new("owner"));
    let process = counted(&mut bench, &owner, 10);
    assert_eq!(places(&mut bench, process), [4, 8]);
    assert!(bench.replays(process));
}

#[test]
fn a_checkpoint_is_written_when_it_is_asked_for_and_once() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counted(&mut bench, &owner, 2);
    let mut events = bench.unit.events().unwrap();
    let first = checkpoint(&mut bench, process);
    assert_eq!(first.at, 3);
    assert!(first.bytes > 0);
    assert_eq!(
        checkpoint(&mut bench, process),
        Checkpointed { at: 3, bytes: 0 }
    );
    let told: Vec<Event> = std::iter::from_fn(|| events.try_recv().ok())
        .flatten()
        .collect();
    let expected = Event::Checkpointed {
        process,
        nonce: 2,
        bytes: first.bytes,
    };
    assert_eq!(told, [expected]);
}

#[test]
fn a_damaged_checkpoint_is_discarded_and_said_to_be_and_the_log_evaluated() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counted(&mut bench, &owner, 3);
    checkpoint(&mut bench, process);
    damage(&mut bench, process, 4);

    let mut again = Bench::reopen(bench.store.clone());
    let mut events = again.unit.events().unwrap();
    assert_eq!(again.read(&owner, process, "n"), "3");
    let told: Vec<Event> = std::iter::from_fn(|| events.try_recv().ok())
        .flatten()
        .collect();
    let is_told = |event: &Event| {
        matches!(event, Event::CheckpointDiscarded { process: of, nonce: 3, reason }
            if *of == process && !reason.is_empty())
    };
    assert!(told.iter().any(is_told), "{told:?}");
    assert_eq!(places(&mut again, process), [] as [u64; 0]);
}

#[test]
fn deleting_every_checkpoint_changes_no_result() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counted(&mut bench, &owner, 4);
    checkpoint(&mut bench, process);
    add(&mut bench, &owner, process, 2);
    let store = bench.store.clone();
    bench.run(async move {
        let batch = Batch {
            pruned: vec![(process, 5)],
            ..Batch::default()
        };
        store.commit(batch).await.unwrap();
    });
    let mut again = Bench::reopen(bench.store.clone());
    assert_eq!(again.read(&owner, process, "n"), "6");
    assert!(again.replays(process));
}

#[test]
fn the_past_is_reached_from_the_checkpoint_before_it() {
    let mut settings = Settings::default();
    settings.checkpoints.evaluations = 3;
    let (mut bench, owner) = (Bench::open_with(settings), Wallet::new("owner"));
    let process = counted(&mut bench, &owner, 8);
    for nonce in 0..=8 {
        let shown = bench.state_at(&owner, process, nonce, "n");
        assert_eq!(shown, nonce.to_string());
    }
}

#[test]
fn machines_that_there_is_no_room_for_rest_as_checkpoints() {
    let settings = Settings {
        live: 2,
        ..Settings::default()
    };
    let (mut bench, owner) = (Bench::open_with(settings), Wallet::new("owner"));
    let processes: Vec<Id> = (1..=5)
        .map(|times| counted(&mut bench, &owner, times))
        .collect();
    for (times, process) in (1..).zip(&processes[..3]) {
        assert_eq!(places(&mut bench, *process), [times + 1]);
    }
    for (times, process) in (1..).zip(&processes) {
        assert_eq!(bench.read(&owner, *process, "n"), format!("{times}"));
    }
}

#[test]
fn machines_that_have_too_much_memory_together_rest_the_longest_unused_first() {
    let settings = Settings {
        live_memory: 3 * LARGE as u64,
        ..Settings::default()
    };
    let (mut bench, owner) = (Bench::open_with(settings), Wallet::new("owner"));
    let small = counted(&mut bench, &owner, 1);
    let large: Vec<Id> = (0..4).map(|_| grown(&mut bench, &owner)).collect();
    let all = [vec![small], large].concat();
    let rests = |process: &Id| !places(&mut bench, *process).is_empty();
    let resting: Vec<bool> = all.iter().map(rests).collect();
    assert_eq!(resting, [true, true, true, false, false]);
    for process in all {
        assert_eq!(bench.read(&owner, process, "n"), "1");
    }
}

#[test]
fn the_machine_that_is_at_work_does_not_rest_whatever_it_has() {
    let settings = Settings {
        live_memory: 1,
        ..Settings::default()
    };
    let (mut bench, owner) = (Bench::open_with(settings), Wallet::new("owner"));
    let process = grown(&mut bench, &owner);
    add(&mut bench, &owner, process, 20);
    assert_eq!(places(&mut bench, process), [] as [u64; 0]);
    let other = counted(&mut bench, &owner, 1);
    assert_eq!(places(&mut bench, process), [22]);
    assert_eq!(places(&mut bench, other), [] as [u64; 0]);
    assert_eq!(bench.read(&owner, process, "n"), "21");
}

#[test]
fn a_checkpoint_that_cannot_be_written_loses_nothing() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counted(&mut bench, &owner, 3);
    bench
        .store
        .fail_next_commit(StoreError::Quota("full".to_owned()));
    let id = process.to_string();
    let refused = bench.ask(|unit| async move { unit.checkpoint_now(&id).await });
    assert_eq!(refused.unwrap_err().code(), "STORE_QUOTA");
    assert_eq!(places(&mut bench, process), [] as [u64; 0]);
    assert_eq!(checkpoint(&mut bench, process).at, 4);
    assert_eq!(bench.read(&owner, process, "n"), "3");
    assert!(bench.replays(process));
}

#[test]
fn an_imported_checkpoint_is_believed_only_when_it_is_said_to_be() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counted(&mut bench, &owner, 3);
    let id = process.to_string();
    let export = bench.ask(|unit| async move { unit.export(&id).await });
    let file = export.unwrap().to_bytes();
    for (trusts, expected) in [(false, vec![]), (true, vec![4])] {
        let (mut there, file) = (Bench::elsewhere(), file.clone());
        there
            .ask(|unit| async move { unit.import(&file, trusts).await })
            .unwrap();
        assert_eq!(places(&mut there, process), expected);
        assert_eq!(there.read(&owner, process, "n"), "3");
        assert!(there.replays(process));
    }
}

#[test]
fn large_messages_bring_a_checkpoint_sooner() {
    let mut settings = Settings::default();
    settings.checkpoints.bytes = 100_000;
    let (mut bench, owner) = (Bench::open_with(settings), Wallet::new("owner"));
    let process = bench.spawn(&owner, COUNTER);
    let large = "x".repeat(60_000);
    for _ in 0..4 {
        bench.send(&owner, process, &[("Action", "Add")], &large);
    }
    assert_eq!(places(&mut bench, process), [3, 5]);
}
