//! What the compute unit answers: dry-runs, and results by the page.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::Id;
use native::{Bench, OPENED, Wallet, json, text};
use serde_json::{Value, json};

/// A message of a dry-run.
fn trial(owner: &str, tags: &[(&str, &str)], data: &str) -> Value {
    let tags = tags
        .iter()
        .map(|(name, value)| json!({ "name": name, "value": value }));
    let tags: Vec<Value> = tags.collect();
    json!({ "Id": "1234", "Owner": owner, "Target": "", "Anchor": "0", "Tags": tags, "Data": data })
}

#[test]
fn a_dryrun_has_the_last_messages_time_and_no_place() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "n = 0");
    bench.advance(500_000);
    bench.eval(&owner, process, "n = 1");
    bench.advance(500_000);
    let last = bench.heard(process).pop().unwrap();
    let message = trial("anyone", &[("Action", "Hi")], "x");
    bench.dryrun(process, &message).unwrap();
    let tried = bench.heard(process).pop().unwrap();
    for field in ["Timestamp", "Block-Height"] {
        assert_eq!(tried[field], last[field], "{field}");
    }
    for field in ["Nonce", "Epoch", "Hash-Chain"] {
        assert_eq!(tried.get(field), None, "{field}");
    }
    assert_eq!(
        (&tried["Cron"], &tried["Read-Only"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(
        (&tried["Owner"], &tried["From"]),
        (&json!("anyone"), &json!("anyone"))
    );
    assert_eq!(tried["Target"], process.to_string());
}

#[test]
fn a_dryrun_changes_nothing_and_sends_nothing() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let to = bench.spawn(&owner, "");
    let process = bench.spawn(&owner, "n = 0");
    let lua =
        format!("n = n + 1 ao.send({{ Target = '{to}' }}) ao.send({{ Target = 'away' }}) return n");
    let message = trial(&owner.address(), &[("Action", "Eval")], &lua);
    for _ in 0..2 {
        let outcome = json(&bench.dryrun(process, &message).unwrap());
        assert_eq!(outcome["Output"]["data"], "1");
        assert_eq!(outcome["Messages"].as_array().unwrap().len(), 2);
    }
    bench.settle();
    assert_eq!((bench.length(process), bench.length(to)), (1, 1));
    assert_eq!(bench.outbound(process), json!([]));
    assert!(bench.replays(process));
}

#[test]
fn a_dryrun_sees_what_was_sent_before_it() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "n = 0");
    let message = trial(&owner.address(), &[("Action", "Eval")], "return n").to_string();
    let unit = bench.unit.clone();
    let item = owner.item(Some(process), &[("Action", "Eval")], "n = 5");
    let id = process.to_string();
    let both = async { futures::join!(unit.accept(item), unit.dryrun(&id, &message, None)) };
    let (_, outcome) = bench.run(both);
    assert_eq!(json(&outcome.unwrap())["Output"]["data"], "5");
}

#[test]
fn a_dryrun_that_fails_is_an_outcome() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "n = 0");
    let message = trial(&owner.address(), &[("Action", "Eval")], "n = 9 error('no')");
    let outcome = json(&bench.dryrun(process, &message).unwrap());
    assert!(text(&outcome["Error"]).contains("no"));
    assert_eq!(bench.read(&owner, process, "n"), "0");
}

#[test]
fn a_dryrun_without_an_owner_is_refused() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    for message in [
        trial("", &[], ""),
        json!({}),
        json!([]),
        json!({ "Owner": 1 }),
    ] {
        let error = bench.dryrun(process, &message).unwrap_err();
        assert_eq!(error.code(), "DRYRUN_INVALID", "{message}");
    }
    let nobody = bench.dryrun(Id([9; 32]), &trial("a", &[], "")).unwrap_err();
    assert_eq!(nobody.code(), "PROCESS_NOT_FOUND");
}

/// What results show, by what Lua printed.
fn shown(page: &Value) -> Vec<String> {
    let edges = page["edges"].as_array().unwrap().iter();
    edges
        .map(|edge| text(&edge["node"]["Output"]["data"]))
        .collect()
}

/// Thirty results, each other than the rest, the third a failure.
fn thirty(bench: &mut Bench, owner: &Wallet) -> Id {
    let process = bench.spawn(owner, "");
    for number in 1..=30 {
        bench.advance(1000);
        let fails = if number == 3 { "error('no')" } else { "" };
        bench.eval(owner, process, &format!("{fails} return {number}"));
    }
    process
}

#[test]
fn results_are_twenty_five_without_failures_oldest_first() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = thirty(&mut bench, &owner);
    let page = bench.results(process, json!({}));
    let shown = shown(&page);
    assert_eq!(shown.len(), 25);
    assert_eq!(shown[1..4], ["1", "2", "4"]);
    assert_eq!(page["pageInfo"]["hasNextPage"], true);
}

#[test]
fn results_are_paged_by_their_cursors() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = thirty(&mut bench, &owner);
    let (mut all, mut from) = (Vec::new(), json!(null));
    loop {
        let page = bench.results(process, json!({ "from": from, "limit": 7 }));
        all.extend(shown(&page));
        from = page["edges"].as_array().unwrap().last().unwrap()["cursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    let expected: Vec<String> = (1..=30)
        .filter(|n| *n != 3)
        .map(|n| n.to_string())
        .collect();
    assert_eq!(all[1..], expected, "all once");
}

#[test]
fn results_newest_first_end_behind_from_and_begin_at_to() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = thirty(&mut bench, &owner);
    let page = bench.results(process, json!({ "sort": "DESC", "limit": 2 }));
    assert_eq!(shown(&page), ["30", "29"]);
    // The cursor's sort wins; `from` is exclusive and `to` inclusive, whichever way it is sorted.
    let cursor = &page["edges"][1]["cursor"];
    let newer = bench.results(process, json!({ "from": cursor, "sort": "ASC" }));
    assert_eq!(shown(&newer), ["30"]);
    let older = bench.results(process, json!({ "to": cursor, "limit": 2 }));
    assert_eq!(shown(&older), ["29", "28"]);
    let time = (OPENED + 2000).to_string();
    let first = bench.results(process, json!({ "to": time }));
    assert_eq!(shown(&first)[1..], ["1", "2"], "a time has no sort");
}

#[test]
fn results_of_what_is_not_evaluated_are_not_waited_for() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    bench.settle();
    bench.machines.is_full.set(true);
    let mut again = Bench::reopen(bench.store.clone());
    again.machines.is_full.set(true);
    again.accept(owner.item(Some(process), &[], "")).unwrap();
    again.settle();
    let page = again.results(process, json!({}));
    assert_eq!(page["edges"].as_array().unwrap().len(), 1);
}
