//! The messenger's rules: what a process asks for becomes messages, processes and assignments here, with
//! the tags that the network's messenger gives them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::Id;
use native::{Bench, MODULE, Wallet, tags_of, text};
use serde_json::{Value, json};

/// A process that sends `lua`, a table without its target, to another; what that one's machine was given.
fn delivered(bench: &mut Bench, owner: &Wallet, lua: &str) -> Value {
    let (to, from) = (bench.spawn(owner, ""), bench.spawn(owner, ""));
    bench.heard(to);
    let raw = format!("table.insert(ao.outbox.Messages, {{ Target = '{to}', {lua} }})");
    bench.eval(owner, from, &raw);
    let mut heard = bench.heard(to);
    assert_eq!(heard.len(), 1, "{lua}");
    heard.remove(0)
}

/// A process that asks for a process with these tags; the child, and what the parent is told.
fn spawned(bench: &mut Bench, owner: &Wallet, tags: &str) -> (Id, Vec<String>, Value) {
    let parent = bench.spawn_with(owner, "", &[("Scheduler", "the-scheduler")]);
    bench.heard(parent);
    let raw = format!(
        "table.insert(ao.outbox.Spawns, {{ Data = 'x', Anchor = '7', Tags = {{{tags}}} }})"
    );
    bench.eval(owner, parent, &raw);
    let told = bench.heard(parent).pop().unwrap();
    let process = tags_of(&told).into_iter();
    let mut child = process.filter_map(|tag| tag.strip_prefix("Process=")?.parse().ok());
    let child: Id = child.next_back().unwrap();
    let page = bench.log(child, json!({}));
    let made = page["edges"][0]["node"]["message"].clone();
    assert_eq!(
        (&made["target"], &made["anchor"]),
        (&json!(""), &json!(null))
    );
    (child, tags_of(&made), told)
}

/// An entry of the machine's tags, as Lua writes them.
fn lua_tags(tags: &[(&str, &str)]) -> String {
    let tag = |(name, value): &(&str, &str)| format!("{{ name = '{name}', value = '{value}' }}");
    tags.iter().map(tag).collect::<Vec<_>>().join(", ")
}

#[test]
fn tags_of_the_messenger_are_dropped_and_appended_in_its_order() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let tags = lua_tags(&[
        ("Type", "Mine"),
        ("Action", "Hi"),
        ("Data-Protocol", "mine"),
        ("From-Process", "mine"),
        ("X-Thing", "1"),
        ("From-Module", "mine"),
        ("Assignments", "mine"),
        ("Reference", "9"),
    ]);
    let lua =
        format!("Data = 'text', Anchor = '00000000000000000000000000000005', Tags = {{{tags}}}");
    let message = delivered(&mut bench, &owner, &lua);
    let tags = tags_of(&message);
    assert_eq!(
        tags[..5],
        [
            "Action=Hi",
            "X-Thing=1",
            "Reference=9",
            "Data-Protocol=ao",
            "Type=Message"
        ]
    );
    assert_eq!(tags[5], format!("From-Process={}", text(&message["From"])));
    assert_eq!(tags[6], format!("From-Module={MODULE}"));
    assert!(
        tags[7].starts_with("Pushed-For=") && tags.len() == 8,
        "{tags:?}"
    );
    assert_eq!(message["Owner"], bench.unit.address());
    assert_eq!(message["Forwarded-By"], bench.unit.address());
    assert_eq!(message["Anchor"], "00000000000000000000000000000005");
    assert_eq!(message["Data"], "text");
}

#[test]
fn a_variant_is_not_added() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let message = delivered(&mut bench, &owner, "Tags = {}");
    assert!(
        !tags_of(&message)
            .iter()
            .any(|tag| tag.starts_with("Variant"))
    );
}

#[test]
fn data_that_is_empty_is_a_blank() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    for lua in ["", "Data = ''", "Tags = {}"] {
        assert_eq!(delivered(&mut bench, &owner, lua)["Data"], " ", "{lua:?}");
    }
}

#[test]
fn all_that_follows_from_a_message_is_pushed_for_it() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let echo = "Handlers.add('Ping', function(m) m.reply({ Action = 'Pong' }) end)";
    let (left, right) = (bench.spawn(&owner, ""), bench.spawn(&owner, echo));
    let lua = format!("ao.send({{ Target = '{right}', Action = 'Ping' }})");
    let item = owner.item(Some(left), &[("Action", "Eval")], &lua);
    let first = bench.accept(item).unwrap().id;
    for process in [right, left] {
        let last = bench.heard(process).pop();
        let tag = format!("Pushed-For={first}");
        let tags = last.map(|message| tags_of(&message)).unwrap_or_default();
        assert!(process == left || tags.contains(&tag), "{tags:?}");
        let page = bench.log(process, json!({}));
        let edges = page["edges"].as_array().unwrap();
        assert!(tags_of(&edges.last().unwrap()["node"]["message"]).contains(&tag));
    }
}

#[test]
fn a_spawned_process_has_the_networks_tags_in_their_order() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let tags = lua_tags(&[
        ("Variant", "ao.TN.1"),
        ("Type", "Mine"),
        ("Data-Protocol", "mine"),
        ("From-Module", "another"),
        ("Module", MODULE),
        ("Reference", "1"),
    ]);
    let (_, made, told) = spawned(&mut bench, &owner, &tags);
    let parent = text(&told["Target"]);
    assert_eq!(
        made[..3],
        [
            format!("From-Module={MODULE}"),
            format!("Module={MODULE}"),
            "Reference=1".to_owned()
        ]
    );
    assert_eq!(
        made[3..6],
        ["Variant=ao.TN.1", "Data-Protocol=ao", "Type=Process"]
    );
    assert_eq!(made[6], format!("From-Process={parent}"));
    assert!(made[7].starts_with("Pushed-For="), "{made:?}");
    assert_eq!(made[8..], ["Scheduler=the-scheduler"]);
}

#[test]
fn a_spawner_is_told_by_the_networks_message() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let tags = lua_tags(&[
        ("Variant", "ao.TN.1"),
        ("Type", "Mine"),
        ("Module", MODULE),
        ("Reference", "1"),
    ]);
    let (child, _, told) = spawned(&mut bench, &owner, &tags);
    let tags = tags_of(&told);
    assert_eq!(
        tags[..2],
        [format!("Module={MODULE}"), "Reference=1".to_owned()]
    );
    assert_eq!(tags[2..4], ["Data-Protocol=ao", "Type=Message"]);
    assert_eq!(
        tags[4..6],
        [format!("Process={child}"), "Action=Spawned".to_owned()]
    );
    assert_eq!(tags[6], "Variant=ao.TN.1");
    assert_eq!(told["Data"], " ");
}

#[test]
fn a_scheduler_and_a_mainnets_variant_of_a_spawn_are_kept() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let tags = lua_tags(&[
        ("Variant", "ao.N.1"),
        ("Scheduler", "mine"),
        ("Module", MODULE),
    ]);
    let (_, made, told) = spawned(&mut bench, &owner, &tags);
    assert_eq!(
        made.iter()
            .filter(|tag| tag.starts_with("Scheduler"))
            .count(),
        1
    );
    assert!(
        made.contains(&"Scheduler=mine".to_owned()) && made.contains(&"Variant=ao.N.1".to_owned())
    );
    assert!(tags_of(&told).contains(&"Variant=ao.N.1".to_owned()));
}

#[test]
fn what_a_new_process_sends_at_its_boot_is_delivered() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let to = bench.spawn(&owner, "Handlers.add('Hi', function(m) hi = m.From end)");
    let parent = bench.spawn(&owner, "");
    let boot = format!("ao.send({{ Target = \\'{to}\\', Action = \\'Hi\\' }})");
    let lua = format!("ao.spawn('{MODULE}', {{ Data = '{boot}', ['On-Boot'] = 'Data' }}) return 1");
    bench.heard(to);
    bench.eval(&owner, parent, &lua);
    let told = bench.heard(to).pop().unwrap();
    assert!(tags_of(&told).contains(&"Action=Hi".to_owned()));
    let page = bench.log(parent, json!({}));
    let edges = page["edges"].as_array().unwrap();
    let spawned = tags_of(&edges.last().unwrap()["node"]["message"]);
    assert!(spawned.contains(&format!("Process={}", text(&told["From"]))));
}
