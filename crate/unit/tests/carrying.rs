//! Processes that are carried from unit to unit, and files that are refused.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::{DataItem, Id};
use ao_unit::{Error, Export};
use native::counter::{add, counter, fork};
use native::{Bench, Wallet};
use serde_json::json;
use sha2::{Digest, Sha256};

fn export(bench: &mut Bench, process: Id) -> Export {
    let id = process.to_string();
    bench
        .ask(|unit| async move { unit.export(&id).await })
        .unwrap()
}

fn import(bench: &mut Bench, file: &[u8]) -> Result<Id, Error> {
    let file = file.to_vec();
    bench.ask(|unit| async move { unit.import(&file, false).await })
}

#[test]
fn a_process_goes_on_in_another_unit() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counter(&mut bench, &owner);
    bench.eval(
        &owner,
        process,
        "ao.send({ Target = 'away', Data = 'x' }) return 1",
    );
    let file = export(&mut bench, process).to_bytes();
    let mut there = Bench::elsewhere();
    assert_ne!(there.unit.address(), bench.unit.address());
    assert_eq!(import(&mut there, &file).unwrap(), process);
    for nonce in 0..=6 {
        assert_eq!(
            there.outcome_at(process, nonce),
            bench.outcome_at(process, nonce)
        );
    }
    assert_eq!(there.log(process, json!({})), bench.log(process, json!({})));
    assert_eq!(there.outbound(process), bench.outbound(process));
    assert_eq!(
        add(&mut there, &owner, process),
        add(&mut bench, &owner, process)
    );
    assert!(there.replays(process));
    assert_eq!(there.state_at(&owner, process, 2, "return n"), "2");
    let mut again = Bench::reopen(there.store.clone());
    assert!(again.replays(process));
}

#[test]
fn an_imported_process_trusts_its_home_and_hears_its_new_neighbours() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(
        &owner,
        "Handlers.add('Hi', function(m) hi = m.From .. ' ' .. m.Owner end)",
    );
    let file = export(&mut bench, process).to_bytes();
    let home = bench.unit.address().to_owned();
    let mut there = Bench::elsewhere();
    import(&mut there, &file).unwrap();
    let neighbour = there.spawn(&owner, "");
    let lua = format!("ao.send({{ Target = '{process}', Action = 'Hi' }}) return 1");
    there.eval(&owner, neighbour, &lua);
    assert_eq!(
        there.read(&owner, process, "return hi"),
        format!("{neighbour} {home}")
    );
}

#[test]
fn what_was_sent_and_forked_and_ticked_can_be_carried() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let tags = [("Cron-Interval", "10-seconds"), ("Cron-Tag-Action", "Tick")];
    let lua = "ticks = 0 Handlers.add('Tick', function() ticks = ticks + 1 end)";
    let process = bench.spawn_with(&owner, lua, &tags);
    bench.advance(35_000);
    let from = bench.spawn(&owner, "");
    let lua = format!(
        "ao.send({{ Target = '{process}', Action = 'Hi' }}) \
         ao.assign({{ Message = '{from}', Processes = {{ '{process}' }} }}) return 1"
    );
    bench.eval(&owner, from, &lua);
    bench.settle();
    bench.eval(&owner, process, "error('no')");
    let forked = fork(&mut bench, process, Some(2)).unwrap();
    bench.advance(15_000);
    bench.eval(&owner, forked, "return 1");
    let mut there = Bench::elsewhere();
    there.set_clock(bench.now());
    for process in [process, forked] {
        let file = export(&mut bench, process).to_bytes();
        import(&mut there, &file).unwrap();
        let ticks = |bench: &mut Bench| bench.read(&owner, process, "return ticks");
        assert_eq!(ticks(&mut there), ticks(&mut bench));
        assert!(there.replays(process));
    }
}

#[test]
fn a_tick_whose_time_is_before_its_predecessors_can_be_carried() {
    // A block's tick has the block's time, though it comes with a step that is earlier in its second.
    let chain = ao_unit::Chain {
        start_height: 1,
        start_time: native::OPENED + 59_900,
        interval: std::num::NonZeroU64::new(60_000).unwrap(),
    };
    let settings = ao_unit::Settings {
        chain,
        ..ao_unit::Settings::default()
    };
    let (mut bench, owner) = (Bench::open_with(settings), Wallet::new("owner"));
    let tags = [("Cron-Interval", "1-blocks"), ("Cron-Interval", "1-second")];
    let process = bench.spawn_with(&owner, "", &tags);
    bench.advance(125_000);
    bench.eval(&owner, process, "return 1");
    let file = export(&mut bench, process).to_bytes();
    assert_eq!(import(&mut Bench::elsewhere(), &file).unwrap(), process);
}

#[test]
fn a_process_is_not_imported_over_itself() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counter(&mut bench, &owner);
    let file = export(&mut bench, process).to_bytes();
    assert_eq!(
        import(&mut bench, &file).unwrap_err().code(),
        "PROCESS_EXISTS"
    );
}

#[test]
fn a_damaged_file_is_refused_wherever_the_damage_is() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = counter(&mut bench, &owner);
    let file = export(&mut bench, process).to_bytes();
    let mut there = Bench::elsewhere();
    for at in (0..60).chain((60..file.len()).step_by(97)) {
        let mut flipped = file.clone();
        flipped[at] ^= 1;
        assert_eq!(
            import(&mut there, &flipped).unwrap_err().code(),
            "EXPORT_INVALID",
            "{at}"
        );
        let cut = import(&mut there, &file[..at]).unwrap_err();
        assert_eq!(cut.code(), "EXPORT_INVALID", "cut at {at}");
    }
    let version = import(&mut there, &[b"ao-unit\x02", &file[8..]].concat()).unwrap_err();
    assert!(version.to_string().contains("version is 2"), "{version}");
    assert_eq!(
        there
            .ask(|unit| async move { unit.processes().await })
            .unwrap(),
        []
    );
}

/// A file that was edited by who knows its form: with other bytes for some of the same length, and a
/// checksum that is right.
fn edited(file: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut body = lz4_flex::decompress_size_prepended(&file[40..]).unwrap();
    let places = body.windows(from.len()).enumerate();
    let places = places.filter(|(_, window)| *window == from);
    let places: Vec<usize> = places.map(|(at, _)| at).collect();
    assert!(!places.is_empty(), "it is in the file");
    for at in places {
        body[at..at + to.len()].copy_from_slice(to);
    }
    let body = lz4_flex::compress_prepend_size(&body);
    [&file[..8], &Sha256::digest(&body), &body].concat()
}

/// Why an edited file is refused.
fn refused(file: &[u8], from: &[u8], to: &[u8]) -> (&'static str, String) {
    let error = import(&mut Bench::elsewhere(), &edited(file, from, to)).unwrap_err();
    (error.code(), error.to_string())
}

#[test]
fn an_edited_file_is_refused_by_what_is_wrong_with_it() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn_with(&owner, "n = 0", &[("Name", "original")]);
    let from = bench.spawn(&owner, "");
    let lua = format!("ao.send({{ Target = '{process}', Data = 'what was sent' }}) return 1");
    bench.eval(&owner, from, &lua);
    bench.settle();
    bench.eval(&owner, process, "n = 'what was signed'");
    let file = export(&mut bench, process).to_bytes();
    for (was, is, code, reason) in [
        (
            "what was signed",
            "what was forged",
            "SIGNATURE_INVALID",
            "",
        ),
        (
            "what was sent",
            "what was lies",
            "EXPORT_INVALID",
            "says what its id does not",
        ),
        ("original", "replaced", "SIGNATURE_INVALID", ""),
        (
            &*owner.address(),
            &*Wallet::new("thief").address(),
            "EXPORT_INVALID",
            "its owner or its tags",
        ),
    ] {
        let refused = refused(&file, was.as_bytes(), is.as_bytes());
        assert_eq!(refused.0, code, "{was}: {}", refused.1);
        assert!(refused.1.contains(reason), "{was}: {}", refused.1);
    }
    let same = edited(&file, b"aos 2.0.6", b"aos 2.0.6");
    assert!(import(&mut Bench::elsewhere(), &same).is_ok());
}

#[test]
fn a_message_that_is_rightly_signed_and_in_the_wrong_place_is_refused() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let (process, other) = (bench.spawn(&owner, ""), bench.spawn(&owner, ""));
    let items = ["n = 1", "n = 2"].map(|lua| owner.item(Some(process), &[("Action", "Eval")], lua));
    let foreign = owner.item(Some(other), &[("Action", "Eval")], "n = 3");
    let unsent = owner.item(Some(process), &[("Action", "Eval")], "n = 4");
    for item in &items {
        bench.accept(item.clone()).unwrap();
    }
    let file = export(&mut bench, process).to_bytes();
    let [first, last] = items.each_ref().map(DataItem::as_bytes);
    for (was, is, reason) in [
        (first, foreign.as_bytes(), "is for another process"),
        (
            first,
            unsent.as_bytes(),
            "is not where the hash chain has it",
        ),
        (last, unsent.as_bytes(), "the end of its hash chain"),
        (last, first, "is in the log twice"),
    ] {
        let refused = refused(&file, was, is);
        assert_eq!(refused.0, "EXPORT_INVALID", "{}", refused.1);
        assert!(refused.1.contains(reason), "{reason}: {}", refused.1);
    }
}
