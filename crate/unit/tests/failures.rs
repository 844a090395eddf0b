//! Processes that fail: each gives an outcome with `Error`, and leaves the state as it was.

mod native;

use ao_data_item::Id;
use native::{Bench, Wallet, text};

/// A process that counts, after ten counts.
fn counter(bench: &mut Bench, owner: &Wallet) -> Id {
    let process = bench.spawn(
        owner,
        "count = 0 Handlers.add('Add', function() count = count + 1 end)",
    );
    for _ in 0..10 {
        bench.send(owner, process, &[("Action", "Add")], "");
    }
    process
}

/// Lua that fails answers an error that has `expected` in it, and changes nothing.
fn fails(lua: &str, expected: &str) {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counter(&mut bench, &owner);
    let outcome = bench.eval(&owner, process, lua);
    let error = text(&outcome["Error"]);
    assert!(error.contains(expected), "{lua}: {error}");
    assert_eq!(outcome["Messages"], serde_json::json!([]));
    assert_eq!(
        bench.read(&owner, process, "return count, nil, leaked"),
        "10"
    );
    assert_eq!(bench.read(&owner, process, "leaked"), "");
    bench.send(&owner, process, &[("Action", "Add")], "");
    assert_eq!(bench.read(&owner, process, "count"), "11");
}

#[test]
fn lua_that_does_not_compile() {
    fails(
        "leaked = = 1",
        "[string \"aos\"]:1: unexpected symbol near '='",
    );
}

#[test]
fn lua_that_raises_an_error() {
    fails(
        "leaked = 1\ncount = 99\nao.send({ Target = 'a' })\nerror('boom')",
        "[string \"aos\"]:4: boom",
    );
}

#[test]
fn lua_that_indexes_nothing() {
    fails(
        "leaked = 1\nState.owner = 1",
        "attempt to index a nil value (global 'State')",
    );
}

#[test]
fn lua_that_loops_for_ever() {
    fails("leaked = 1 while true do end", "out of gas");
}

#[test]
fn lua_that_catches_its_own_end() {
    fails(
        "leaked = 1 while true do pcall(function() while true do end end) end",
        "out of gas",
    );
}

#[test]
fn a_handler_that_fails_drops_what_it_sent() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(
        &owner,
        "Handlers.add('Go', function(m)\n  m.reply({ Data = 'gone' })\n  sent = true\n  error('no')\nend)",
    );
    let outcome = bench.send(&owner, process, &[("Action", "Go")], "");
    assert!(
        text(&outcome["Error"]).contains("[string \"aos\"]:4: no"),
        "{outcome}"
    );
    assert_eq!(bench.read(&owner, process, "sent"), "");
    let outcome = bench.eval(
        &owner,
        process,
        "ao.send({ Target = 'a' }) return ao.reference",
    );
    assert_eq!(outcome["Output"]["data"], "1", "references are used again");
}

#[test]
fn failures_are_the_same_when_the_log_is_replayed() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counter(&mut bench, &owner);
    bench.eval(&owner, process, "count = 99 error('no')");
    bench.send(&owner, process, &[("Action", "Add")], "");

    let mut again = Bench::reopen(bench.store.clone());
    assert_eq!(again.read(&owner, process, "count"), "11");
}

#[test]
fn many_failures_in_a_row_leave_many_successes_as_they_were() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counter(&mut bench, &owner);
    for _ in 0..30 {
        bench.eval(&owner, process, "count = 0 error('no')");
        bench.send(&owner, process, &[("Action", "Add")], "");
    }
    assert_eq!(bench.read(&owner, process, "count"), "40");
}
