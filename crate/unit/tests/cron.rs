//! Cron: ticks in the log, by the clock of the test. (What comes when is the suite of `cron/walk`.)

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::Id;
use ao_unit::{Chain, Event, Settings};
use futures::future::join3;
use native::{Bench, MODULE, OPENED, Wallet, tags_of, text};
use serde_json::{Value, json};

/// Counts its ticks, and notes when they came.
const COUNTS: &str = "ticks = 0 at = '' Handlers.add('Tick', function(m) \
    ticks = ticks + 1 at = at .. (m.Timestamp - 1700000000000) .. ' ' end)";

const SECONDS: [(&str, &str); 2] = [("Cron-Interval", "10-seconds"), ("Cron-Tag-Action", "Tick")];

fn counts(bench: &mut Bench, owner: &Wallet) -> Id {
    bench.spawn_with(owner, COUNTS, &SECONDS)
}

/// Has a process send its ticks to another.
fn sends_to(bench: &mut Bench, owner: &Wallet) -> (Id, Id) {
    let to = "got = 0 Handlers.add('Hi', function(m) got = got + 1 end)";
    let to = bench.spawn(owner, to);
    let lua = format!(
        "Handlers.add('Tick', function(m) ao.send({{ Target = '{to}', Action = 'Hi' }}) \
         ao.send({{ Target = 'away' }}) end)"
    );
    (bench.spawn_with(owner, &lua, &SECONDS), to)
}

fn settings(catch_up: usize) -> Settings {
    Settings {
        catch_up,
        ..Settings::default()
    }
}

#[test]
fn ticks_come_before_the_message_that_follows_them() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counts(&mut bench, &owner);
    bench.advance(30_000);
    assert_eq!(bench.length(process), 1, "nobody monitors it");
    assert_eq!(
        bench.read(&owner, process, "return at"),
        "10000 20000 ",
        "before, and exclusive"
    );
    bench.advance(1000);
    assert_eq!(
        bench.read(&owner, process, "return at"),
        "10000 20000 30000 ",
        "once each"
    );
}

#[test]
fn a_tick_is_its_owners_and_has_no_id_and_no_place() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counts(&mut bench, &owner);
    bench.heard(process);
    bench.advance(15_000);
    bench.eval(&owner, process, "");
    let heard = bench.heard(process);
    let tick = heard[0].as_object().unwrap();
    let fields: Vec<&str> = tick.keys().map(String::as_str).collect();
    let expected = [
        "Block-Height",
        "Cron",
        "From",
        "Owner",
        "Read-Only",
        "Tags",
        "Target",
        "Timestamp",
    ];
    assert_eq!(fields, expected);
    assert_eq!(
        (&tick["Owner"], &tick["From"]),
        (&json!(owner.address()), &json!(owner.address()))
    );
    assert_eq!(
        (&tick["Cron"], &tick["Timestamp"]),
        (&json!(true), &json!(OPENED + 10_000))
    );
    assert_eq!(tags_of(&heard[0]), ["Action=Tick"]);
    assert_eq!(
        (&heard[1]["Cron"], &heard[1]["Nonce"]),
        (&json!(false), &json!(1))
    );
}

#[test]
fn a_tick_takes_no_nonce_and_is_in_no_list_of_messages_but_in_the_results() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counts(&mut bench, &owner);
    bench.advance(25_000);
    let accepted = bench.accept(owner.item(Some(process), &[], "")).unwrap();
    assert_eq!((accepted.nonce, bench.length(process)), (1, 4));
    let log = bench.log(process, json!({}));
    assert_eq!(log["edges"].as_array().unwrap().len(), 2);
    bench.settle();
    let results = bench.results(process, json!({}));
    assert_eq!(results["edges"].as_array().unwrap().len(), 4);
    let (mut all, mut from) = (0, json!(null));
    for _ in 0..4 {
        let page = bench.results(process, json!({ "from": from, "limit": 1 }));
        all += page["edges"].as_array().unwrap().len();
        from = page["edges"][0]["cursor"].clone();
    }
    assert_eq!(all, 4, "each has a cursor of its own");
}

#[test]
fn what_is_asked_of_a_message_is_not_asked_of_ticks_behind_it_that_are_not_durable() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counts(&mut bench, &owner);
    bench.eval(&owner, process, "return 'the message'");
    bench.set_clock(OPENED + 15_000);
    let (unit, id) = (bench.unit.clone(), process.to_string());
    let item = owner.item(Some(process), &[], "");
    let (accepted, outcome, fork) = bench.run(join3(
        unit.accept(item),
        unit.outcome_at(&id, 1),
        unit.fork(&id, None),
    ));
    assert_eq!(accepted.unwrap().nonce, 2);
    let outcome = native::json(&outcome.unwrap());
    assert_eq!(text(&outcome["Output"]["data"]), "the message");
    assert_eq!(bench.length(fork.unwrap()), 2);
    assert_eq!(bench.length(process), 4, "a tick came between");
}

#[test]
fn a_monitored_process_ticks_by_itself_until_it_is_not() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counts(&mut bench, &owner);
    bench.monitor(process, true);
    for _ in 0..35 {
        bench.advance(1000);
    }
    assert_eq!(bench.length(process), 4);
    bench.monitor(process, false);
    bench.advance(100_000);
    assert_eq!(bench.length(process), 4);
    bench.monitor(process, true);
    bench.advance(1000);
    assert_eq!(bench.length(process), 14, "what it missed came");
}

#[test]
fn it_ticks_the_same_however_time_passes() {
    let run = |step: u64| {
        let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
        let process = counts(&mut bench, &owner);
        bench.monitor(process, true);
        for _ in 0..60_000 / step {
            bench.advance(step);
        }
        bench.read(&owner, process, "return at")
    };
    assert_eq!(run(1000), run(60_000));
    assert_eq!(run(1000), run(250));
}

#[test]
fn blocks_tick_by_the_virtual_chain() {
    let chain = Chain {
        start_height: 100,
        start_time: OPENED,
        interval: std::num::NonZeroU64::new(60_000).unwrap(),
    };
    let settings = Settings {
        chain,
        ..Settings::default()
    };
    let (mut bench, owner) = (Bench::open_with(settings), Wallet::new("owner"));
    let tags = [("Cron-Interval", "2-blocks"), ("Cron-Tag-Action", "Tick")];
    let process = bench.spawn_with(&owner, COUNTS, &tags);
    bench.advance(250_000);
    assert_eq!(bench.read(&owner, process, "return at"), "120000 240000 ");
}

#[test]
fn what_unmonitored_ticks_send_stays_where_it_is() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let (process, to) = sends_to(&mut bench, &owner);
    bench.advance(25_000);
    bench.eval(&owner, process, "");
    assert_eq!(bench.read(&owner, to, "got"), "0");
    assert_eq!(bench.outbound(process), json!([]));

    bench.monitor(process, true);
    bench.advance(10_000);
    assert_eq!(
        bench.read(&owner, to, "got"),
        "1",
        "the monitored one's is delivered"
    );
    let outbound = bench.outbound(process);
    assert_eq!(outbound[0]["target"], "away");
    let last = bench.log(to, json!({}));
    let edges = last["edges"].as_array().unwrap();
    let tags: Vec<String> = edges
        .iter()
        .flat_map(|edge| tags_of(&edge["node"]["message"]))
        .collect();
    assert!(tags.contains(&"Action=Hi".to_owned()));
    assert!(
        !tags.iter().any(|tag| tag.starts_with("Pushed-For")),
        "nobody signed what it follows from"
    );
}

#[test]
fn what_ticked_before_it_was_monitored_is_not_delivered_late() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let (process, to) = sends_to(&mut bench, &owner);
    bench.advance(25_000);
    bench.monitor(process, true);
    bench.settle();
    assert_eq!(bench.length(process), 3);
    assert_eq!(bench.read(&owner, to, "got"), "0");
}

#[test]
fn ticks_that_were_missed_come_when_the_unit_is_opened_again() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counts(&mut bench, &owner);
    bench.monitor(process, true);
    bench.advance(10_000);
    let mut again = bench.closed_for(100_000, Settings::default());
    again.settle();
    assert_eq!(again.length(process), 11);
    assert!(again.replays(process));
}

#[test]
fn what_is_made_up_for_is_bounded_and_what_is_not_is_told() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counts(&mut bench, &owner);
    bench.monitor(process, true);
    bench.settle();
    let mut again = bench.closed_for(1_000_000, settings(5));
    let events = again.unit.events().unwrap();
    again.settle();
    again.unit.close();
    again.settle();
    let events: Vec<Event> = futures::executor::block_on_stream(events)
        .flatten()
        .collect();
    let passed_over = Event::CronPassedOver { process, count: 94 };
    assert!(events.contains(&passed_over), "{events:?}");
    let mut last = Bench::reopen(again.store.clone());
    let at = last.state_at(&owner, process, 0, "return ticks");
    assert_eq!((last.length(process), at.as_str()), (6, "0"));
}

#[test]
fn a_clock_that_goes_back_ticks_nothing_twice() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counts(&mut bench, &owner);
    bench.monitor(process, true);
    bench.advance(21_000);
    bench.set_clock(OPENED + 5_000);
    bench.eval(&owner, process, "");
    bench.advance(20_000);
    let read = bench.read(&owner, process, "return at");
    assert_eq!(read, "10000 20000 ");
    let mut again = Bench::reopen(bench.store.clone());
    assert_eq!(again.read(&owner, process, "return at"), "10000 20000 ");
    assert!(again.replays(process));
}

#[test]
fn the_state_is_the_same_when_the_unit_is_opened_again() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counts(&mut bench, &owner);
    bench.advance(35_000);
    bench.eval(&owner, process, "n = ticks");
    bench.advance(35_000);
    bench.eval(&owner, process, "n = n * 100 + ticks error('no')");
    bench.eval(&owner, process, "n = n * 100 + ticks");
    let before = bench.read(&owner, process, "return n .. ' ' .. at");
    assert!(before.starts_with("306 "), "{before}");
    let mut again = bench.closed_for(0, Settings::default());
    assert_eq!(again.read(&owner, process, "return n .. ' ' .. at"), before);
    assert!(again.replays(process));
}

#[test]
fn a_cron_that_cannot_be_is_refused_when_it_is_asked_for() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    for (tags, code, text) in [
        (
            [("Cron-Interval", "0-seconds"), ("Cron-Tag-Action", "x")],
            "CRON_INVALID",
            "0-seconds",
        ),
        (
            [("Cron-Tag-Action", "x"), ("Cron-Interval", "1-second")],
            "CRON_UNMATCHED",
            "Cron-Tag-Action",
        ),
    ] {
        let mut all = vec![("Type", "Process"), ("Module", MODULE)];
        all.extend(tags);
        let error = bench.accept(owner.item(None, &all, "")).unwrap_err();
        assert_eq!(error.code(), code);
        assert!(error.to_string().contains(text), "{error}");
    }
}

#[test]
fn intervals_that_the_network_cannot_read_never_tick() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let tags = [("Cron-Interval", "1-months"), ("Cron-Interval", "1 hour")];
    let mut events = bench.unit.events().unwrap();
    let process = bench.spawn_with(&owner, COUNTS, &tags);
    bench.monitor(process, true);
    bench.advance(10_000_000_000);
    assert_eq!(bench.length(process), 1);
    let told = ["1-months", "1 hour"].map(|interval| Event::CronSilent {
        process,
        interval: interval.to_owned(),
    });
    assert_eq!(events.try_recv().unwrap()[..2], told);
}

#[test]
fn a_tick_that_fails_leaves_the_state_and_the_next_one_comes() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let lua = "n = 0 Handlers.add('Tick', function() n = n + 1 if n == 2 then error('no') end end)";
    let process = bench.spawn_with(&owner, lua, &SECONDS);
    bench.monitor(process, true);
    bench.advance(45_000);
    assert_eq!(bench.read(&owner, process, "return n"), "1");
    assert_eq!(bench.length(process), 6);
    let shown = bench.results(process, json!({}));
    let errors = |edge: &&Value| !text(&edge["node"]["Error"]).is_empty();
    assert_eq!(
        shown["edges"]
            .as_array()
            .unwrap()
            .iter()
            .filter(errors)
            .count(),
        0
    );
    assert!(bench.replays(process));
}
