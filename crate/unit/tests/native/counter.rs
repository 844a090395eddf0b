//! A process that counts, for tests of what becomes of its past.

use ao_data_item::Id;
use ao_unit::Error;

use super::{Bench, Wallet, text};

/// Counts what it is told to add, and answers from whom it is.
const COUNTER: &str = "n = 0 Handlers.add('Add', function(m) n = n + 1 \
    m.reply({ Data = ao.id .. ' ' .. n }) end)";

/// A process after five messages to a counter.
pub(crate) fn counter(bench: &mut Bench, owner: &Wallet) -> Id {
    let process = bench.spawn(owner, COUNTER);
    for _ in 0..5 {
        bench.advance(1000);
        bench.send(owner, process, &[("Action", "Add")], "");
    }
    process
}

pub(crate) fn fork(bench: &mut Bench, process: Id, nonce: Option<u64>) -> Result<Id, Error> {
    let id = process.to_string();
    bench.ask(|unit| async move { unit.fork(&id, nonce).await })
}

/// What a counter answers to one more.
pub(crate) fn add(bench: &mut Bench, owner: &Wallet, process: Id) -> String {
    let outcome = bench.send(owner, process, &[("Action", "Add")], "");
    text(&outcome["Messages"][0]["Data"])
}
