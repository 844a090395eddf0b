//! What is evaluated while a transaction is under way: it saves transactions, nobody is told of it before it is durable,
//! and it is forgotten with a transaction that fails.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::{DataItem, Id};
use ao_unit::store::StoreError;
use ao_unit::{Error, Outcome, Settings};
use futures::future::join_all;
use native::{Bench, Wallet};

/// Counts, and sends each count to another process.
const SENDER: &str = "n = 0
Handlers.add('Add', 'Add', function(m)
  n = n + 1
  ao.send({ Target = m.To, Action = 'Add', N = tostring(n) })
end)";

const COUNTER: &str = "n = 0
Handlers.add('Add', 'Add', function(m) n = n + 1 end)";

const MESSAGES: usize = 40;

/// A cycle is over after one evaluation.
const HASTE: u64 = 60;

/// So often someone tries again who was told of a failure.
const TRIES: usize = 6;

/// A unit whose cycles are short, and its sender and counter.
struct Scene {
    bench: Bench,
    owner: Wallet,
    sender: Id,
    counter: Id,
    items: Vec<DataItem>,
}

impl Scene {
    fn open(settings: &Settings, messages: usize) -> Self {
        let (mut bench, owner) = (Bench::open_with(settings.clone()), Wallet::new("owner"));
        let (sender, counter) = (bench.spawn(&owner, SENDER), bench.spawn(&owner, COUNTER));
        bench.settle();
        bench.platform.haste.set(HASTE);
        let to = counter.to_string();
        let item = |number: usize| {
            let tags = [("Action", "Add"), ("To", to.as_str())];
            owner.item(Some(sender), &tags, &number.to_string())
        };
        let items = (0..messages).map(item).collect();
        Self {
            bench,
            owner,
            sender,
            counter,
            items,
        }
    }

    /// Hands all messages over at once; answers what they came to, as far as somebody was told.
    fn burst(&mut self) -> Vec<Option<Outcome>> {
        let unit = self.bench.unit.clone();
        let sender = self.sender.to_string();
        let told = self.items.iter().map(async |item| {
            let message = unit.accept(item.clone()).await?.id;
            unit.result(&sender, &message.to_string()).await
        });
        let told: Vec<Result<Outcome, Error>> = self.bench.run(join_all(told));
        told.into_iter().map(Result::ok).collect()
    }

    /// Hands all over one by one, until each is taken: what is in the log already is not added again.
    fn insist(&mut self) {
        for item in self.items.clone() {
            let accepted = (0..TRIES).any(|_| {
                let accepted = self.bench.accept(item.clone());
                if accepted.is_err() {
                    self.bench.advance(2000);
                }
                accepted.is_ok()
            });
            assert!(accepted, "it fails every time");
        }
        for _ in 0..3 {
            self.bench.advance(2000);
        }
    }
}

#[test]
fn what_is_durable_is_evaluated_while_a_transaction_is_under_way() {
    let mut scene = Scene::open(&Settings::default(), MESSAGES);
    let before = scene.bench.store.operations();
    let told = scene.burst();
    assert!(told.iter().all(Option::is_some));
    let operations = scene.bench.store.operations() - before;
    // One a message, if nothing were evaluated ahead.
    assert!(operations < MESSAGES as u64 / 2, "{operations} operations");
}

#[test]
fn a_transaction_that_fails_takes_with_it_what_was_evaluated_ahead() {
    each_operation_fails_once(&Settings::default(), MESSAGES);
}

#[test]
fn nor_is_anything_lost_when_machines_are_put_to_rest_meanwhile() {
    let settings = Settings {
        live: 1,
        ..Settings::default()
    };
    // A machine that comes back evaluates its whole log here.
    each_operation_fails_once(&settings, 6);
}

fn each_operation_fails_once(settings: &Settings, messages: usize) {
    let operations = run(None, settings, messages);
    assert!(operations > 5, "{operations} operations are too few");
    for nth in 0..operations {
        run(Some(nth), settings, messages);
    }
}

/// A burst of messages, the `nth` operation of the store failing; answers in how many operations.
fn run(nth: Option<u64>, settings: &Settings, messages: usize) -> u64 {
    let mut scene = Scene::open(settings, messages);
    let before = scene.bench.store.operations();
    if let Some(nth) = nth {
        let error = StoreError::Failed("aborted".to_owned());
        scene.bench.store.fail_after(nth, error);
    }
    let told = scene.burst();
    scene.insist();
    let operations = scene.bench.store.operations() - before;
    scene.bench.store.fail_no_more();

    let Scene {
        mut bench,
        owner,
        sender,
        counter,
        items,
    } = scene;
    for process in [sender, counter] {
        let count = bench.read(&owner, process, "return n");
        assert_eq!(count, messages.to_string(), "operation {nth:?}");
        assert!(bench.replays(process), "operation {nth:?}");
    }
    for (item, told) in items.iter().zip(told) {
        let (process, message) = (sender.to_string(), item.id().to_string());
        let stands = bench.ask(|unit| async move { unit.result(&process, &message).await });
        let is_kept = told.is_none_or(|told| told == stands.unwrap());
        assert!(
            is_kept,
            "operation {nth:?}: somebody was told of what is not"
        );
    }
    let mut anew = Bench::reopen_with(bench.store.clone(), settings.clone());
    anew.set_clock(bench.now());
    assert!(
        anew.replays(sender) && anew.replays(counter),
        "operation {nth:?}"
    );
    operations
}
