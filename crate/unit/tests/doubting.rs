//! Processes that are carried from unit to unit, and what their files say that is not believed.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::Id;
use ao_unit::Event;
use native::{Bench, TestStore, Wallet};
use sha2::{Digest, Sha256};

const COUNTER: &str = "n = 0 Handlers.add('Add', function() n = n + 1 end)";
const TICKER: &str = "ticks = 0 Handlers.add('Tick', function() ticks = ticks + 1 end)";

fn export(bench: &mut Bench, process: Id) -> Vec<u8> {
    let id = process.to_string();
    let export = bench.ask(|unit| async move { unit.export(&id).await });
    export.unwrap().to_bytes()
}

fn import(bench: &mut Bench, file: &[u8], trusts: bool) {
    let file = file.to_vec();
    let imported = bench.ask(|unit| async move { unit.import(&file, trusts).await });
    imported.unwrap();
}

fn fork(bench: &mut Bench, process: Id, nonce: Option<u64>) -> Id {
    let id = process.to_string();
    bench
        .ask(|unit| async move { unit.fork(&id, nonce).await })
        .unwrap()
}

/// A file that says that the outcome of entry `index` is that of a failure.
fn failed(file: &[u8], index: usize) -> Vec<u8> {
    let mut body = lz4_flex::decompress_size_prepended(&file[40..]).unwrap();
    let outcome = b"{\"Messages\":[],\"Spawns\"";
    let outcomes = body.windows(outcome.len()).enumerate();
    let mut outcomes = outcomes.filter(|(_, window)| window == outcome);
    let (at, _) = outcomes.nth(index).unwrap();
    // Before the text are its length and, before that, the flag.
    let flag = body[..at].iter().rposition(|byte| *byte == 0).unwrap();
    body[flag] = 1;
    let body = lz4_flex::compress_prepend_size(&body);
    [&file[..8], &Sha256::digest(&body), &body].concat()
}

/// The nonces whose outcomes were told to differ.
fn differing(events: &mut futures::channel::mpsc::UnboundedReceiver<Vec<Event>>) -> Vec<u64> {
    let told = std::iter::from_fn(|| events.try_recv().ok()).flatten();
    let differing = told.filter_map(|event| match event {
        Event::OutcomeDiffers { nonce, .. } => Some(nonce),
        _ => None,
    });
    differing.collect()
}

#[test]
fn what_a_file_says_to_have_failed_is_evaluated() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, COUNTER);
    for _ in 0..3 {
        bench.send(&owner, process, &[("Action", "Add")], "");
    }
    let file = failed(&export(&mut bench, process), 2);
    let mut there = Bench::elsewhere();
    let mut events = there.unit.events().unwrap();
    import(&mut there, &file, false);
    assert_eq!(there.read(&owner, process, "return n"), "3");
    assert_eq!(differing(&mut events), [2]);
    assert_eq!(there.state_at(&owner, process, 3, "return n"), "3");
    // Nor later, when there is no checkpoint, and in what goes on from there.
    let forked = fork(&mut there, process, Some(3));
    let mut again = Bench::reopen(there.store.clone());
    for process in [process, forked] {
        assert_eq!(again.read(&owner, process, "return n"), "3");
    }
    let file = export(&mut again, process);
    let mut third = Bench::reopen(TestStore::default());
    import(&mut third, &file, true);
    assert_eq!(third.read(&owner, process, "return n"), "3");
}

#[test]
fn what_did_fail_fails_again_and_leaves_nothing() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, COUNTER);
    bench.eval(&owner, process, "n = 7 error('no')");
    bench.send(&owner, process, &[("Action", "Add")], "");
    let file = export(&mut bench, process);
    let mut there = Bench::elsewhere();
    let mut events = there.unit.events().unwrap();
    import(&mut there, &file, false);
    let here = bench.read(&owner, process, "return n");
    assert_eq!(there.read(&owner, process, "return n"), here);
    assert!(differing(&mut events).is_empty());
}

#[test]
fn a_monitored_process_waits_to_be_monitored_again_and_goes_on_where_it_was() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let cron = [
        ("Cron-Interval", "10-seconds"),
        ("Cron-Tag-Action", "Tick"),
        ("Cron-Interval", "1-blocks"),
    ];
    let process = bench.spawn_with(&owner, TICKER, &cron);
    bench.monitor(process, true);
    for _ in 0..30 {
        bench.advance(9_700);
    }
    let file = export(&mut bench, process);
    let mut there = Bench::elsewhere();
    there.set_clock(bench.now());
    import(&mut there, &file, false);
    let length = there.length(process);
    there.advance(60_000);
    assert_eq!(there.length(process), length, "it does not tick by itself");
    bench.advance(60_000);
    let ticks = |bench: &mut Bench| bench.read(&owner, process, "return ticks");
    assert_eq!(ticks(&mut there), ticks(&mut bench));
    assert_eq!(there.length(process), bench.length(process));
    let file = export(&mut there, process);
    import(&mut Bench::elsewhere(), &file, false);
}

#[test]
fn a_process_goes_on_where_the_chain_is_another() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let cron = [
        ("Cron-Interval", "1-blocks"),
        ("Cron-Interval", "7-seconds"),
    ];
    let process = bench.spawn_with(&owner, "", &cron);
    bench.advance(400_000);
    bench.eval(&owner, process, "return 1");
    let mut file = export(&mut bench, process);
    let now = bench.now();
    for (round, start_height) in [1, 3_000_000, 40].into_iter().enumerate() {
        let chain = ao_unit::Chain {
            start_height,
            start_time: native::OPENED,
            interval: std::num::NonZeroU64::new(15_000).unwrap(),
        };
        let settings = ao_unit::Settings {
            chain,
            ..ao_unit::Settings::default()
        };
        let mut there = Bench::open_with(settings);
        there.set_clock(now + 100_000 * round as u64);
        import(&mut there, &file, false);
        there.monitor(process, true);
        there.advance(50_300);
        there.eval(&owner, process, "return 1");
        there.advance(30_000);
        file = export(&mut there, process);
    }
    import(&mut Bench::elsewhere(), &file, false);
}

#[test]
fn forks_of_forks_can_be_carried() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, COUNTER);
    for _ in 0..3 {
        bench.send(&owner, process, &[("Action", "Add")], "");
    }
    let first = fork(&mut bench, process, Some(2));
    bench.send(&owner, first, &[("Action", "Add")], "");
    let second = fork(&mut bench, first, None);
    bench.send(&owner, second, &[("Action", "Add")], "");
    let third = fork(&mut bench, second, Some(1));
    let at_the_same_place = fork(&mut bench, second, Some(2));
    let mut there = Bench::elsewhere();
    for (process, n) in [
        (second, "4"),
        (first, "3"),
        (third, "1"),
        (at_the_same_place, "2"),
        (process, "3"),
    ] {
        let file = export(&mut bench, process);
        import(&mut there, &file, false);
        assert_eq!(there.read(&owner, process, "return n"), n);
    }
}
