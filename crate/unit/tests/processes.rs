//! A user's processes: what is sent to them, and what it comes to.

mod native;

use ao_data_item::Id;
use ao_unit::Error;
use ao_unit::store::StoreError;
use native::{Bench, MODULE, TOKEN, Wallet, json, text};
use serde_json::json;

#[test]
fn a_token_moves_balances_and_replies() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let token = bench.spawn(&owner, TOKEN);
    let tags = [
        ("Action", "Transfer"),
        ("Recipient", "recipient-a"),
        ("Quantity", "100"),
    ];
    let outcome = bench.send(&owner, token, &tags, "");
    assert_eq!(outcome["Messages"][0]["Data"], "Transfer successful");
    assert_eq!(outcome["Messages"][1]["Target"], "recipient-a");
    assert_eq!(
        bench.read(&owner, token, r#"Balances["recipient-a"]"#),
        "100"
    );

    let stranger = Wallet::new("stranger");
    let outcome = bench.send(&stranger, token, &tags, "");
    assert_eq!(outcome["Messages"][0]["Data"], "Insufficient balance");
    assert_eq!(outcome["Messages"][0]["Target"], stranger.address());
}

#[test]
fn nonces_follow_the_order_of_arrival_from_the_process_itself_on() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let spawn = owner.item(None, &[("Type", "Process"), ("Module", MODULE)], "");
    let spawned = bench.accept(spawn).unwrap();
    assert_eq!((spawned.id, spawned.nonce), (spawned.process, 0));
    for nonce in 1..5 {
        let item = owner.item(Some(spawned.process), &[], "");
        assert_eq!(bench.accept(item).unwrap().nonce, nonce);
    }
}

#[test]
fn the_same_item_is_in_the_log_once() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let token = bench.spawn(&owner, TOKEN);
    let item = owner.item(Some(token), &[], "");
    let first = bench.accept(item.clone()).unwrap();
    assert_eq!(bench.accept(item).unwrap(), first);
    assert_eq!(bench.length(token), 2);
}

#[test]
fn results_and_state_are_there_when_the_unit_is_opened_again() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let token = bench.spawn(&owner, TOKEN);
    let tags = [
        ("Action", "Transfer"),
        ("Recipient", "recipient-a"),
        ("Quantity", "100"),
    ];
    let accepted = bench.accept(owner.item(Some(token), &tags, "")).unwrap();
    let before = bench.result(token, accepted.id);
    let address = bench.unit.address().to_owned();

    let mut again = Bench::reopen(bench.store.clone());
    assert_eq!(again.unit.address(), address);
    assert_eq!(again.result(token, accepted.id), before);
    assert_eq!(
        again.read(&owner, token, r#"Balances["recipient-a"]"#),
        "100"
    );
}

#[test]
fn a_long_log_is_written_in_segments_and_read_back() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let counter =
        "n = 0 Handlers.add('Add', function(m) n = n + 1 m.reply({ Data = tostring(n) }) end)";
    let process = bench.spawn(&owner, counter);
    let sent: Vec<Id> = (0..200)
        .map(|_| {
            bench
                .accept(owner.item(Some(process), &[("Action", "Add")], ""))
                .unwrap()
                .id
        })
        .collect();
    bench.settle();

    let mut again = Bench::reopen(bench.store.clone());
    for (index, id) in sent.iter().enumerate() {
        let outcome = again.result(process, *id);
        assert_eq!(outcome["Messages"][0]["Data"], (index + 1).to_string());
    }
    let outcome = again.send(&owner, process, &[("Action", "Add")], "");
    assert_eq!(outcome["Messages"][0]["Data"], "201");
}

#[test]
fn what_was_assigned_but_not_evaluated_is_evaluated_when_the_unit_is_opened_again() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(
        &owner,
        "Handlers.add('Ping', function(m) m.reply({ Data = 'pong' }) end)",
    );
    bench.settle();
    // The assignment is stored, and the unit ends before its outcome is.
    let unit = bench.unit.clone();
    let item = owner.item(Some(process), &[("Action", "Ping")], "");
    let accepted = bench.run(unit.accept(item)).unwrap();

    let mut again = Bench::reopen(bench.store.clone());
    assert_eq!(
        again.result(process, accepted.id)["Messages"][0]["Data"],
        "pong"
    );
}

#[test]
fn a_dryrun_changes_nothing() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let token = bench.spawn(&owner, TOKEN);
    let tags = json!([
        { "name": "Action", "value": "Transfer" },
        { "name": "Recipient", "value": "recipient-a" },
        { "name": "Quantity", "value": "100" },
    ]);
    let message = json!({ "Owner": owner.address(), "Tags": tags, "Data": "x", "Id": "1234" });
    for _ in 0..3 {
        let outcome = json(&bench.dryrun(token, &message).unwrap());
        assert_eq!(outcome["Messages"][0]["Data"], "Transfer successful");
    }
    assert_eq!(bench.read(&owner, token, r#"Balances["recipient-a"]"#), "");
    assert_eq!(bench.length(token), 2);
}

#[test]
fn nobody_can_pose_as_another_by_a_tag() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(
        &owner,
        "Handlers.add('Who', function(m) print(m.From .. ' ' .. m.Owner) end)",
    );
    let (stranger, address) = (Wallet::new("stranger"), owner.address());
    for name in ["From", "from", "Owner", "OWNER"] {
        let tags = [("Action", "Who"), (name, address.as_str())];
        let outcome = bench.send(&stranger, process, &tags, "");
        let seen = text(&outcome["Output"]["data"]);
        assert_eq!(
            seen,
            format!("{0} {0}", stranger.address()),
            "by the tag {name}"
        );
    }
    // Only an authority of the process forwards for another: whom others name is not even shown.
    let unit = bench.unit.address().to_owned();
    for claimed in [&address, &unit] {
        for name in ["From-Process", "from_process"] {
            let tags = [("Action", "Who"), (name, claimed.as_str())];
            let outcome = bench.send(&stranger, process, &tags, "");
            let seen = text(&outcome["Output"]["data"]);
            assert_eq!(
                seen,
                format!("{0} {0}", stranger.address()),
                "by the tag {name}"
            );
        }
        let tags = [("Action", "Eval"), ("From-Process", claimed.as_str())];
        bench.send(&stranger, process, &tags, "Owner = 'mine'");
        assert_eq!(bench.read(&owner, process, "Owner"), address);
        let tag = "tostring(Inbox[#Inbox].Tags['From-Process'])";
        assert_eq!(bench.read(&owner, process, tag), "nil");
    }
}

#[test]
fn what_is_not_there_is_named() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let token = bench.spawn(&owner, TOKEN);
    let elsewhere = Id([9; 32]);

    let error = bench
        .accept(owner.item(Some(elsewhere), &[], ""))
        .unwrap_err();
    assert_eq!(error.code(), "PROCESS_NOT_FOUND");
    assert!(error.to_string().contains(&elsewhere.to_string()));

    let error = bench.accept(owner.item(None, &[], "")).unwrap_err();
    assert_eq!(error.code(), "NO_TARGET");

    let unit = bench.unit.clone();
    let (process, message) = (token.to_string(), elsewhere.to_string());
    let error = bench.run(unit.result(&process, &message)).unwrap_err();
    assert_eq!(error.code(), "MESSAGE_NOT_FOUND");

    let tags = [("Type", "Process"), ("Module", "no-such-module")];
    let error = bench.accept(owner.item(None, &tags, "")).unwrap_err();
    assert_eq!(error.code(), "MODULE_UNKNOWN");
    assert!(error.to_string().contains(MODULE), "{error}");

    let error = bench.dryrun(token, &json!({ "Tags": [] })).unwrap_err();
    assert_eq!(error.code(), "DRYRUN_INVALID");
}

#[test]
fn an_item_with_a_changed_byte_is_refused() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let token = bench.spawn(&owner, TOKEN);
    let mut bytes = owner.item(Some(token), &[], "data").into_bytes();
    *bytes.last_mut().unwrap() ^= 1;
    let item = ao_data_item::DataItem::parse(bytes).unwrap();
    assert_eq!(bench.accept(item).unwrap_err().code(), "SIGNATURE_INVALID");
    assert_eq!(bench.length(token), 1);
}

#[test]
fn a_store_that_fails_loses_nothing_that_was_acknowledged() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let token = bench.spawn(&owner, TOKEN);
    bench.settle();
    bench
        .store
        .fail_next_commit(StoreError::Quota("full".to_owned()));
    let tags = [
        ("Action", "Transfer"),
        ("Recipient", "recipient-a"),
        ("Quantity", "100"),
    ];
    let item = owner.item(Some(token), &tags, "");
    let error = bench.accept(item.clone()).unwrap_err();
    assert_eq!(error.code(), "STORE_QUOTA");
    assert_eq!(bench.length(token), 1);

    let accepted = bench.accept(item).unwrap();
    assert_eq!(accepted.nonce, 1);
    assert_eq!(
        bench.result(token, accepted.id)["Messages"][0]["Data"],
        "Transfer successful"
    );
    assert_eq!(
        bench.read(&owner, token, r#"Balances["recipient-a"]"#),
        "100"
    );
}

#[test]
fn a_store_that_cannot_even_be_read_again_is_read_when_it_can() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let token = bench.spawn(&owner, TOKEN);
    bench.settle();
    let failure = || StoreError::Failed("no disk".to_owned());
    bench.store.fail_next_commit(failure());
    bench.store.fail_next_read(failure());
    let item = owner.item(Some(token), &[], "");
    for _ in 0..2 {
        assert_eq!(
            bench.accept(item.clone()).unwrap_err().code(),
            "STORE_FAILED"
        );
    }
    assert_eq!(bench.accept(item).unwrap().nonce, 1);
    assert_eq!(bench.read(&owner, token, "Balances[Owner]"), "1000");
}

#[test]
fn a_process_that_gets_no_machine_keeps_nobody_else_waiting() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let lucky = bench.spawn(&owner, TOKEN);
    bench.settle();
    bench.machines.is_full.set(true);
    let unlucky = bench.spawn(&owner, TOKEN);
    assert_eq!(bench.read(&owner, lucky, "1 + 1"), "2");

    let unit = bench.unit.clone();
    let id = unlucky.to_string();
    let error = bench.run(unit.result(&id, &id)).unwrap_err();
    assert_eq!(error.code(), "MACHINE_FAILED");

    let error = bench
        .dryrun(unlucky, &json!({ "Owner": "anyone" }))
        .unwrap_err();
    assert_eq!(error.code(), "MACHINE_FAILED");

    bench.machines.is_full.set(false);
    assert_eq!(bench.read(&owner, unlucky, "Balances[Owner]"), "1000");
}

#[test]
fn more_processes_than_machines_can_be_live_keep_their_states() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let processes: Vec<Id> = (0..60)
        .map(|number| bench.spawn(&owner, &format!("number = {number}")))
        .collect();
    for (number, process) in processes.iter().enumerate() {
        assert_eq!(
            bench.read(&owner, *process, "number = number * 2 return number"),
            (number * 2).to_string()
        );
    }
    for (number, process) in processes.iter().enumerate() {
        assert_eq!(
            bench.read(&owner, *process, "number"),
            (number * 2).to_string()
        );
    }
}

#[test]
fn requests_are_answered_however_much_there_is_to_evaluate() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let echo = "Handlers.add('Ping', function(m) m.reply({ Action = 'Ping' }) end)";
    let (left, right) = (bench.spawn(&owner, echo), bench.spawn(&owner, echo));
    bench.eval(
        &owner,
        left,
        &format!("ao.send({{ Target = '{right}', Action = 'Ping' }})"),
    );
    let other = bench.spawn(&owner, TOKEN);
    assert_eq!(bench.read(&owner, other, "Balances[Owner]"), "1000");
    assert!(bench.length(left) > 2);
    bench.unit.close();
    bench.settle();
}

#[test]
fn a_closed_unit_says_so() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let token = bench.spawn(&owner, TOKEN);
    bench.unit.close();
    let error = bench.accept(owner.item(Some(token), &[], "")).unwrap_err();
    assert!(matches!(error, Error::Closed));
}
