//! Storage that fails once, at whichever operation: nothing is lost by it, and nothing happens twice.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::{DataItem, Id};
use ao_unit::store::StoreError;
use ao_unit::{Error, Settings, Unit};
use futures::executor::block_on;
use native::{Bench, LuaMachines, Marked, OPENED, TestPlatform, Wallet};

/// Counts, and sends a message to another process and one to nobody for each count.
const SENDER: &str = "n = 0
Handlers.add('Add', 'Add', function(m)
  n = n + 1
  if m.To then
    ao.send({ Target = m.To, Action = 'Add', N = tostring(n) })
    ao.send({ Target = 'away', Data = 'x' })
  end
end)";

/// Counts, and answers each count with a message that has no handler there.
const ANSWERER: &str = "n = 0
Handlers.add('Add', 'Add', function(m)
  n = n + 1
  ao.send({ Target = m.From, Action = 'Note', N = tostring(n) })
end)";

/// So often someone tries again who was told of a failure. There is one; it may come to more than one caller's notice.
const TRIES: usize = 6;

/// Milliseconds after which the unit has tried again by itself.
const PAUSE: u64 = 1500;

/// What is there when all is done.
#[derive(Debug, PartialEq, Eq)]
struct Standing {
    /// How long the log is, what was counted, and how much was sent to nobody here: of the sender, then the answerer.
    processes: [(u64, String, usize); 2],
    /// Whether each log comes to the same state and outcomes again, then and when the unit is opened anew.
    replays: [bool; 4],
}

#[test]
fn no_failure_of_the_storage_loses_or_doubles_anything() {
    each_operation_fails_once(&Settings::default());
}

#[test]
fn nor_when_one_process_at_most_is_live() {
    each_operation_fails_once(&Settings {
        live: 1,
        ..Settings::default()
    });
}

#[test]
fn nor_when_machines_have_more_memory_than_they_may() {
    each_operation_fails_once(&Settings {
        live_memory: 1,
        ..Settings::default()
    });
}

#[test]
fn nor_when_every_second_message_is_paused() {
    each_operation_fails_once(&Settings {
        budget: 1,
        ..Settings::default()
    });
}

#[test]
fn a_unit_that_could_not_be_opened_is_whole_when_it_is() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, SENDER);
    bench.send(&owner, process, &[("Action", "Add")], "");
    let (address, store) = (bench.unit.address().to_owned(), bench.store.clone());
    drop(bench);
    let open = |store| {
        let (platform, machines) = (TestPlatform::default(), LuaMachines::default());
        let opening = Unit::open(platform, store, machines, Marked, Settings::default());
        block_on(opening).map(|(unit, _)| unit.address().to_owned())
    };
    let before = store.operations();
    assert_eq!(open(store.clone()).unwrap(), address);
    for nth in 0..store.operations() - before {
        store.fail_after(nth, StoreError::Failed("aborted".to_owned()));
        let refused = open(store.clone()).unwrap_err();
        assert_eq!(refused.code(), "STORE_FAILED", "operation {nth}");
        assert_eq!(open(store.clone()).unwrap(), address);
    }
    let mut bench = Bench::reopen(store);
    assert_eq!(bench.read(&owner, process, "return n"), "1");
}

/// Runs the same requests as often as they need operations of the store, with another one failing each time.
fn each_operation_fails_once(settings: &Settings) {
    let (expected, operations) = run(None, settings);
    assert_eq!(expected.replays, [true; 4]);
    assert!(operations > 20, "{operations} operations are too few");
    let differing: Vec<_> = (0..operations)
        .map(|nth| (nth, run(Some(nth), settings).0))
        .filter(|(_, standing)| *standing != expected)
        .collect();
    assert!(
        differing.is_empty(),
        "of {operations} operations, these must not fail: {differing:#?}\nexpected: {expected:#?}"
    );
}

/// The requests, the `nth` operation of the store failing; answers what came of them, and in how many operations.
fn run(nth: Option<u64>, settings: &Settings) -> (Standing, u64) {
    let (mut bench, owner) = (Bench::open_with(settings.clone()), Wallet::new("owner"));
    bench.set_clock(OPENED);
    let sender = bench.spawn(&owner, SENDER);
    let answerer = bench.spawn(&owner, ANSWERER);
    bench.settle();
    // The logs are in the store alone now.
    let mut bench = bench.closed_for(1000, settings.clone());
    let before = bench.store.operations();
    if let Some(nth) = nth {
        let error = StoreError::Failed("aborted".to_owned());
        bench.store.fail_after(nth, error);
    }
    for round in 0..4 {
        let to = answerer.to_string();
        let add = owner.item(Some(sender), &[("Action", "Add"), ("To", &to)], "");
        accept(&mut bench, &add);
        bench.settle();
        if round == 1 {
            let id = &sender.to_string();
            again(&mut bench, |bench| {
                bench.ask(|unit| async move { unit.checkpoint_now(id).await })
            });
        }
        if round == 2 {
            let failing = owner.item(Some(sender), &[("Action", "Eval")], "error('no')");
            accept(&mut bench, &failing);
        }
        bench.settle();
    }
    resume_all(&mut bench);
    for _ in 0..2 {
        bench.advance(2 * PAUSE);
    }
    let operations = bench.store.operations() - before;
    bench.store.fail_no_more();
    resume_all(&mut bench);

    let mut standing = |process| {
        let outbound = bench.outbound(process);
        let count = outbound.as_array().map(Vec::len).unwrap_or_default();
        (
            bench.length(process),
            bench.read(&owner, process, "return n"),
            count,
        )
    };
    let processes = [standing(sender), standing(answerer)];
    let mut anew = reopened(&bench, settings);
    let replays = [
        bench.replays(sender),
        bench.replays(answerer),
        anew.replays(sender),
        anew.replays(answerer),
    ];
    (Standing { processes, replays }, operations)
}

/// A page sends an item that it signed until it is taken: it cannot know what became of it otherwise.
fn accept(bench: &mut Bench, item: &DataItem) -> Id {
    again(bench, |bench| bench.accept(item.clone())).process
}

/// Lets go on what waits, and what waits behind that, until nothing does.
fn resume_all(bench: &mut Bench) {
    for _ in 0..TRIES {
        let paused = again(bench, |bench| {
            bench.ask(|unit| async move { unit.paused().await })
        });
        if paused.is_empty() {
            return;
        }
        for paused in paused {
            let cause = &paused.cause;
            again(bench, |bench| {
                match bench.ask(|unit| async move { unit.resume(cause).await }) {
                    Err(error) if error.code() == "NOT_PAUSED" => Ok(0),
                    resumed => resumed,
                }
            });
        }
        bench.settle();
    }
    panic!("something waits for ever");
}

/// A request, made again some time later when it failed.
fn again<T>(bench: &mut Bench, mut request: impl FnMut(&mut Bench) -> Result<T, Error>) -> T {
    for _ in 0..TRIES {
        match request(bench) {
            Ok(answer) => return answer,
            Err(error) if error.code() == "STORE_FAILED" => bench.advance(PAUSE),
            Err(error) => panic!("{}: {error}", error.code()),
        }
    }
    panic!("it fails every time");
}

/// Another unit on the same store.
fn reopened(bench: &Bench, settings: &Settings) -> Bench {
    let mut anew = Bench::reopen_with(bench.store.clone(), settings.clone());
    anew.set_clock(bench.now());
    anew
}
