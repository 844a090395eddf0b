//! Messages that are assigned to others beside, and what is for nobody here.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::Id;
use native::{Bench, MODULE, Wallet, text};
use serde_json::{Value, json};

#[test]
fn a_message_is_assigned_to_those_that_its_tag_names() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let assignable =
        "ao.addAssignable({ Action = 'Hi' }) Handlers.add('Hi', function(m) hi = m.Target end)";
    let (one, two) = (
        bench.spawn(&owner, assignable),
        bench.spawn(&owner, assignable),
    );
    let to = bench.spawn(&owner, "");
    let from = bench.spawn(&owner, "");
    for target in [to.to_string(), "a-wallet".to_owned()] {
        let tags = format!(
            "{{ name = 'Action', value = 'Hi' }}, \
             {{ name = 'Assignments', value = {{ '{one}', 'nobody', '{two}' }} }}"
        );
        let raw = format!(
            "table.insert(ao.outbox.Messages, {{ Target = '{target}', Tags = {{{tags}}} }})"
        );
        bench.eval(&owner, from, &raw);
        bench.settle();
        for process in [one, two] {
            assert_eq!(
                bench.read(&owner, process, "hi"),
                target,
                "of what is for {target}"
            );
        }
    }
    let outbound = bench.outbound(from);
    let targets: Vec<String> = outbound
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| text(&entry["target"]))
        .collect();
    assert_eq!(targets, ["nobody", "a-wallet", "nobody"]);
    assert_eq!(bench.length(to), 2);
}

#[test]
fn an_assignment_in_an_outbox_is_made() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let assignable = "ao.addAssignable({ Action = 'Hi' }) Handlers.add('Hi', function(m) hi = m.Data .. m.From end)";
    let (to, from) = (bench.spawn(&owner, assignable), bench.spawn(&owner, ""));
    let message = bench
        .accept(owner.item(Some(from), &[("Action", "Hi")], "text"))
        .unwrap()
        .id;
    for _ in 0..2 {
        let lua =
            format!("ao.assign({{ Message = '{message}', Processes = {{ '{to}', 'nobody' }} }})");
        bench.eval(&owner, from, &lua);
    }
    bench.settle();
    assert_eq!(
        bench.read(&owner, to, "hi"),
        format!("text{}", owner.address())
    );
    assert_eq!(bench.length(to), 3, "it is assigned once");
    let lua = format!(
        "ao.assign({{ Message = '{}', Processes = {{ '{to}' }} }})",
        Id([9; 32])
    );
    bench.eval(&owner, from, &lua);
    let outbound = bench.outbound(from);
    let reasons: Vec<String> = outbound
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| text(&entry["reason"]))
        .collect();
    assert_eq!(outbound[0]["kind"], "Assignment");
    assert!(
        reasons[0].contains("process nobody is not in this unit"),
        "{reasons:?}"
    );
    assert!(
        reasons[2].contains("in the log of no process"),
        "{reasons:?}"
    );
}

#[test]
fn what_is_for_nobody_here_is_listed_with_its_reason() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    let lua = "ao.send({ Target = 'a-wallet', Data = 'one' }) ao.send({ Data = 'two' }) \
        ao.spawn('no-module', { Data = 'three' })";
    bench.eval(&owner, process, lua);
    let cron = format!("ao.spawn('{MODULE}', {{ ['Cron-Interval'] = '0-seconds' }})");
    bench.eval(&owner, process, &cron);
    let outbound = bench.outbound(process);
    let listed = outbound.as_array().unwrap().iter();
    let listed: Vec<Value> = listed
        .map(|entry| {
            json!([
                entry["number"],
                entry["nonce"],
                entry["kind"],
                entry["target"],
                entry["sent"]["Data"]
            ])
        })
        .collect();
    let expected = [
        json!([0, 1, "Message", "a-wallet", "one"]),
        json!([1, 1, "Message", "", "two"]),
        json!([2, 1, "Spawn", "no-module", "three"]),
        json!([3, 2, "Spawn", MODULE, "NODATA"]),
    ];
    assert_eq!(listed, expected);
    let reason = |at: usize| text(&outbound[at]["reason"]);
    assert!(reason(0).contains("process a-wallet is not in this unit"));
    assert!(
        reason(2).contains("no-module") && reason(2).contains(MODULE),
        "it says which there are"
    );
    assert!(
        reason(3).contains("Cron-Interval \"0-seconds\""),
        "{}",
        reason(3)
    );

    let mut again = Bench::reopen(bench.store.clone());
    assert_eq!(again.outbound(process), outbound);
}

#[test]
fn what_cannot_be_sent_at_all_does_not_hide_what_can() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    let lua = "ao.outbox.Messages = { 'nonsense', { Target = 'a-wallet', Data = 'x' } }";
    bench.eval(&owner, process, lua);
    let outbound = bench.outbound(process);
    assert_eq!(outbound.as_array().unwrap().len(), 1);
    assert_eq!(outbound[0]["sent"]["Data"], "x");
}
