//! The compute unit's rules: what a machine is given, what its answers come to, limits and resets.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_unit::{Ceilings, Settings};
use native::{Bench, MODULE, OPENED, Wallet, tags_of, text};
use serde_json::{Value, json};

#[test]
fn a_machine_is_given_the_networks_fields_in_their_order() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    bench.heard(process);
    let item = owner.anchored(
        Some(process),
        Some(*b"00000000000000000000000000000042"),
        &[("A", "1")],
        "x",
    );
    bench.accept(item).unwrap();
    bench.settle();
    let message = String::from_utf8(bench.machines.heard.borrow()[0].clone()).unwrap();
    let fields = [
        "Id",
        "Signature",
        "Data",
        "Owner",
        "Target",
        "Anchor",
        "From",
        "Tags",
        "Epoch",
        "Nonce",
        "Timestamp",
        "Block-Height",
        "Hash-Chain",
        "Cron",
        "Read-Only",
    ];
    let places = fields.map(|field| message.find(&format!("\"{field}\":")).unwrap());
    assert!(places.is_sorted(), "{message}");
    let message: Value = serde_json::from_str(&message).unwrap();
    assert_eq!(message.as_object().unwrap().len(), fields.len());
    let numbers =
        ["Epoch", "Nonce", "Timestamp", "Block-Height"].map(|field| message[field].clone());
    assert_eq!(json!(numbers), json!([0, 1, OPENED, 1_500_000]));
    assert_eq!(
        (&message["Cron"], &message["Read-Only"]),
        (&json!(false), &json!(false))
    );
}

#[test]
fn the_first_message_is_the_process_itself() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn_with(&owner, "x = 1", &[("Name", "first")]);
    let first = &bench.heard(process)[0];
    assert_eq!(first["Id"], process.to_string());
    assert_eq!(
        (&first["Nonce"], text(&first["Data"])),
        (&json!(0), "x = 1".to_owned())
    );
    let tags = tags_of(first);
    assert!(
        tags.contains(&"Type=Process".to_owned()) && tags.contains(&format!("Module={MODULE}"))
    );
}

#[test]
fn messages_are_evaluated_in_the_order_of_their_nonces() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    for _ in 0..50 {
        bench.accept(owner.item(Some(process), &[], "")).unwrap();
    }
    let heard = bench.heard(process);
    let nonces: Vec<u64> = heard
        .iter()
        .map(|message| message["Nonce"].as_u64().unwrap())
        .collect();
    assert_eq!(nonces, (0..=50).collect::<Vec<u64>>());
}

#[test]
fn an_outcome_has_the_networks_fields() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    let fields = |outcome: &Value| {
        outcome
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    let all = ["Assignments", "GasUsed", "Messages", "Output", "Spawns"];
    assert_eq!(fields(&bench.eval(&owner, process, "return 1")), all);
    let failed = bench.eval(&owner, process, "error('no')");
    assert_eq!(
        fields(&failed),
        [
            "Assignments",
            "Error",
            "GasUsed",
            "Messages",
            "Output",
            "Spawns"
        ]
    );
}

#[test]
fn an_error_leaves_the_state_and_sends_nothing_and_the_log_goes_on() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let to = bench.spawn(&owner, "");
    let process = bench.spawn(&owner, "n = 1");
    let lua =
        format!("n = 2 ao.send({{ Target = '{to}' }}) ao.send({{ Target = 'away' }}) error('no')");
    let outcome = bench.eval(&owner, process, &lua);
    assert!(text(&outcome["Error"]).contains("no"));
    let lua = format!(
        "n = 3 ao.spawn('{MODULE}', {{}}) ao.assign({{ Message = '{to}', Processes = {{ '{process}' }} }}) error('no')"
    );
    bench.eval(&owner, process, &lua);
    bench.settle();
    assert_eq!(bench.length(to), 1);
    assert_eq!(bench.outbound(process), json!([]));
    assert_eq!(
        bench
            .ask(|unit| async move { unit.processes().await })
            .unwrap()
            .len(),
        2
    );
    assert_eq!(bench.read(&owner, process, "n"), "1");
    assert!(bench.replays(process));
}

#[test]
fn a_process_whose_first_message_failed_fails_at_all_others_as_on_the_network() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "error('at once')");
    let outcome = bench.outcome_at(process, 0);
    assert!(text(&outcome["Error"]).contains("at once"), "{outcome}");
    let outcome = bench.eval(&owner, process, "return 1");
    assert!(
        text(&outcome["Error"]).contains("(field 'Module')"),
        "{outcome}"
    );
    assert_eq!(bench.length(process), 2);
    assert!(bench.replays(process));
}

#[test]
fn limits_are_the_processs_below_the_ceilings() {
    let limits = Ceilings {
        memory: 1 << 29,
        gas: 2_000_000_000,
    };
    let settings = Settings {
        limits,
        ..Settings::default()
    };
    let (mut bench, owner) = (Bench::open_with(settings), Wallet::new("owner"));
    for (tags, memory, gas) in [
        (&[][..], 256 << 20, 1_000_000_000),
        (
            &[("Memory-Limit", "64-mb"), ("Compute-Limit", "5000")],
            64 << 20,
            5000,
        ),
        (
            &[("Memory-Limit", "1-gb"), ("Compute-Limit", "9000000000000")],
            1 << 29,
            2_000_000_000,
        ),
    ] {
        let process = bench.spawn_with(&owner, "", tags);
        bench.heard(process);
        let given = bench.machines.limits.get();
        assert_eq!((given.memory, given.gas), (memory, gas), "{tags:?}");
    }
}

#[test]
fn gas_that_runs_out_is_an_error_by_the_processs_own_limit() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn_with(&owner, "", &[("Compute-Limit", "3000000")]);
    let outcome = bench.eval(&owner, process, "for i = 1, 1e8 do end");
    assert!(text(&outcome["Error"]).contains("out of gas"), "{outcome}");
    assert_eq!(bench.read(&owner, process, "1 + 1"), "2");
}

#[test]
fn a_limit_that_cannot_be_read_is_named() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    for (name, value) in [("Memory-Limit", "much"), ("Compute-Limit", "-1")] {
        let tags = [("Type", "Process"), ("Module", MODULE), (name, value)];
        let error = bench.accept(owner.item(None, &tags, "")).unwrap_err();
        assert_eq!(error.code(), "LIMIT_INVALID");
        assert!(
            error.to_string().contains(&format!("{name} {value:?}")),
            "{error}"
        );
    }
}

#[test]
fn a_process_is_reset_by_its_owner_alone() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "n = (n or 0) + 1");
    bench.eval(&owner, process, "n = 10 m = 1");
    let reset = [("Action", "Reset-Memory")];
    bench.send(&Wallet::new("stranger"), process, &reset, "");
    assert_eq!(bench.read(&owner, process, "n"), "10");
    let posing = [("Action", "Reset-Memory"), ("From-Process", "p")];
    bench.send(&owner, process, &posing, "");
    assert_eq!(bench.read(&owner, process, "n"), "10");
    bench.send(&owner, process, &reset, "");
    assert_eq!(bench.read(&owner, process, "n"), "1");
    assert_eq!(bench.read(&owner, process, "tostring(m)"), "nil");
    assert!(bench.replays(process));
    let mut again = Bench::reopen(bench.store.clone());
    assert_eq!(again.read(&owner, process, "n"), "1");
}

#[test]
fn a_reset_that_fails_is_an_outcome_and_leaves_the_state() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    // It fails only where the first message did: it is that message.
    let process = bench.spawn(&owner, "error('never')");
    for _ in 0..2 {
        let outcome = bench.send(&owner, process, &[("Action", "Reset-Memory")], "");
        assert!(text(&outcome["Error"]).contains("never"), "{outcome}");
    }
    assert!(bench.replays(process));
}

#[test]
fn a_reset_of_another_process_that_is_assigned_to_this_one_resets_nothing() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let (process, other) = (bench.spawn(&owner, "n = 1"), bench.spawn(&owner, ""));
    bench.eval(&owner, process, "n = 10");
    let item = owner.item(Some(other), &[("Action", "Reset-Memory")], "");
    let message = bench.accept(item).unwrap().id;
    let thief = bench.spawn(&Wallet::new("thief"), "");
    let lua = format!("ao.assign({{ Message = '{message}', Processes = {{ '{process}' }} }})");
    bench.eval(&Wallet::new("thief"), thief, &lua);
    bench.settle();
    assert_eq!(bench.length(process), 3);
    assert_eq!(bench.read(&owner, process, "n"), "10");
}
