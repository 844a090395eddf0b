//! The scheduler's rules: places in a log, duplicates, and the lists of what is there.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod native;

use ao_data_item::Id;
use ao_unit::history::Listing;
use ao_unit::{Chain, Settings};
use native::{Bench, MODULE, OPENED, Wallet, tags_of, text};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The nonces of a page of a log.
fn nonces(page: &Value) -> Vec<String> {
    let edges = page["edges"].as_array().unwrap().iter();
    edges.map(|edge| tag(edge, "Nonce")).collect()
}

/// A tag of an edge's assignment.
fn tag(edge: &Value, name: &str) -> String {
    let tags = edge["node"]["assignment"]["tags"].as_array().unwrap();
    let tag = tags.iter().find(|tag| tag["name"] == name).unwrap();
    text(&tag["value"])
}

/// A process with five messages, a second apart.
fn five(bench: &mut Bench, owner: &Wallet) -> Id {
    let process = bench.spawn(owner, "");
    for number in 1..=5 {
        bench.advance(1000);
        bench.eval(owner, process, &format!("n = {number}"));
    }
    process
}

#[test]
fn an_assignment_has_the_networks_tags_in_their_order() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    let accepted = bench.accept(owner.item(Some(process), &[], "")).unwrap();
    let page = bench.log(process, json!({}));
    let second = &page["edges"][1]["node"]["assignment"];
    let chain = tag(&page["edges"][1], "Hash-Chain");
    let expected = [
        format!("Process={process}"),
        "Epoch=0".to_owned(),
        "Nonce=1".to_owned(),
        format!("Hash-Chain={chain}"),
        "Block-Height=000001500000".to_owned(),
        format!("Timestamp={OPENED}"),
        "Data-Protocol=ao".to_owned(),
        "Type=Assignment".to_owned(),
        "Variant=ao.TN.1".to_owned(),
        format!("Message={}", accepted.id),
    ];
    assert_eq!(tags_of(second), expected);
    assert_eq!(
        (&second["target"], &second["data"]),
        (&json!(""), &json!(null))
    );
}

#[test]
fn the_hash_chain_is_of_the_process_and_of_every_assignment_before() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = five(&mut bench, &owner);
    let page = bench.log(process, json!({}));
    let mut link: [u8; 32] = Sha256::digest(process.0).into();
    for edge in page["edges"].as_array().unwrap() {
        assert_eq!(tag(edge, "Hash-Chain"), Id(link).to_string());
        let id = text(&edge["node"]["assignment"]["id"]);
        let id: Id = id.parse().unwrap();
        link = Sha256::new()
            .chain_update(id.0)
            .chain_update(link)
            .finalize()
            .into();
    }
}

#[test]
fn time_and_height_never_go_back_though_the_clock_does() {
    let chain = Chain {
        start_height: 7,
        start_time: OPENED,
        interval: std::num::NonZeroU64::new(1000).unwrap(),
    };
    let settings = Settings {
        chain,
        ..Settings::default()
    };
    let (mut bench, owner) = (Bench::open_with(settings), Wallet::new("owner"));
    let process = five(&mut bench, &owner);
    bench.set_clock(OPENED + 2000);
    bench.eval(&owner, process, "");
    let page = bench.log(process, json!({}));
    let edges = page["edges"].as_array().unwrap().iter();
    let places: Vec<String> = edges
        .map(|edge| format!("{} {}", tag(edge, "Block-Height"), tag(edge, "Timestamp")))
        .collect();
    let at = |height: u64, seconds: u64| format!("{height:012} {}", OPENED + seconds * 1000);
    let expected = [
        at(7, 0),
        at(8, 1),
        at(9, 2),
        at(10, 3),
        at(11, 4),
        at(12, 5),
        at(12, 5),
    ];
    assert_eq!(places, expected);
}

#[test]
fn a_list_by_nonce_begins_behind_one_and_ends_with_one() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = five(&mut bench, &owner);
    let mut list = |listing: Value| nonces(&bench.log(process, listing));
    assert_eq!(
        list(json!({ "by": "nonce" })),
        ["0", "1", "2", "3", "4", "5"]
    );
    assert_eq!(
        list(json!({ "by": "nonce", "from": "-1", "to": "1" })),
        ["0", "1"]
    );
    assert_eq!(list(json!({ "by": "nonce", "from": "2" })), ["3", "4", "5"]);
    assert_eq!(
        list(json!({ "by": "nonce", "from": "1", "to": "3" })),
        ["2", "3"]
    );
    assert_eq!(
        list(json!({ "by": "nonce", "from": "5" })),
        Vec::<String>::new()
    );
}

#[test]
fn a_list_by_time_begins_behind_one_and_ends_with_one() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = five(&mut bench, &owner);
    let at = |seconds: u64| (OPENED + seconds * 1000).to_string();
    let mut list = |listing: Value| nonces(&bench.log(process, listing));
    assert_eq!(
        list(json!({})),
        ["0", "1", "2", "3", "4", "5"],
        "with the process"
    );
    assert_eq!(list(json!({ "from": at(0), "to": at(2) })), ["1", "2"]);
    assert_eq!(list(json!({ "from": at(3) })), ["4", "5"]);
    assert_eq!(list(json!({ "to": at(1) })), ["0", "1"]);
}

#[test]
fn a_page_continues_behind_its_last_cursor() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = five(&mut bench, &owner);
    for by in ["nonce", "time"] {
        let (mut seen, mut from) = (Vec::new(), json!(null));
        loop {
            let page = bench.log(process, json!({ "by": by, "from": from, "limit": 4 }));
            seen.extend(nonces(&page));
            from = page["edges"].as_array().unwrap().last().unwrap()["cursor"].clone();
            if page["page_info"]["has_next_page"] == false {
                break;
            }
        }
        assert_eq!(seen, ["0", "1", "2", "3", "4", "5"], "by {by}");
    }
}

#[test]
fn a_page_has_a_hundred_entries_unless_told() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    for _ in 0..100 {
        bench.accept(owner.item(Some(process), &[], "")).unwrap();
    }
    let page = bench.log(process, json!({}));
    assert_eq!(nonces(&page).len(), 100);
    assert_eq!(page["page_info"]["has_next_page"], true);
    let page = bench.log(process, json!({ "limit": 101 }));
    assert_eq!(page["page_info"]["has_next_page"], false);
}

#[test]
fn a_list_shows_what_was_signed() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    let anchor = *b"00000000000000000000000000000042";
    let item = owner.anchored(Some(process), Some(anchor), &[("Action", "Hi")], "text");
    let accepted = bench.accept(item).unwrap();
    let page = bench.log(process, json!({ "by": "nonce", "from": "0" }));
    let message = &page["edges"][0]["node"]["message"];
    assert_eq!(message["id"], accepted.id.to_string());
    assert_eq!(message["owner"]["address"], owner.address());
    assert_eq!(
        (text(&message["data"]), text(&message["target"])),
        ("text".to_owned(), process.to_string())
    );
    assert_eq!(message["anchor"], "00000000000000000000000000000042");
    assert_eq!(tags_of(message), ["Action=Hi"]);
}

#[test]
fn a_bound_that_is_no_number_is_refused() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let id = bench.spawn(&owner, "").to_string();
    for from in ["then", "-2", "1.5"] {
        let listing = Listing::parse(&json!({ "from": from }).to_string()).unwrap();
        let id = id.clone();
        let error = bench.ask(|unit| async move { unit.log(&id, listing).await });
        assert_eq!(error.unwrap_err().code(), "CURSOR_INVALID", "{from}");
    }
}

#[test]
fn what_an_authority_forwards_counts_once_by_what_it_says() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let (first, second) = (Wallet::new("one unit"), Wallet::new("another unit"));
    let authorities = [
        ("Authority", first.address()),
        ("Authority", second.address()),
    ];
    let authorities = authorities.each_ref().map(|(n, v)| (*n, v.as_str()));
    let process = bench.spawn_with(&owner, "", &authorities);
    let anchor = Some([7; 32]);
    let mut send = |from: &Wallet, tags: &[(&str, &str)], data: &str| {
        let item = from.anchored(Some(process), anchor, tags, data);
        bench.accept(item).unwrap().nonce
    };
    let said = [("From-Process", "p"), ("Action", "Hi")];
    assert_eq!(send(&first, &said, "x"), 1);
    assert_eq!(send(&first, &said, "x"), 1, "signed again");
    assert_eq!(send(&second, &said, "x"), 1, "by another authority");
    let pushed = [("Action", "Hi"), ("Pushed-For", "z"), ("From-Process", "p")];
    assert_eq!(
        send(&second, &pushed, "x"),
        1,
        "in another order, for another"
    );
    assert_eq!(send(&first, &said, "y"), 2, "another thing");
    assert_eq!(send(&owner, &said, "x"), 3, "nobody forwards for the owner");
    assert_eq!(send(&owner, &said, "x"), 4, "so it may say it twice");
}

#[test]
fn a_process_that_is_handed_over_twice_is_one() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let item = owner.item(None, &[("Type", "Process"), ("Module", MODULE)], "");
    let first = bench.accept(item.clone()).unwrap();
    assert_eq!(bench.accept(item).unwrap(), first);
    assert_eq!(bench.length(first.process), 1);
}

#[test]
fn a_process_item_with_a_target_is_assigned_to_it() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let parent = bench.spawn(&owner, "ao.addAssignable({ Type = 'Process' })");
    let tags = [("Type", "Process"), ("Module", MODULE), ("Name", "child")];
    let child = bench.accept(owner.item(Some(parent), &tags, "")).unwrap();
    assert_eq!((child.id, child.nonce), (child.process, 0));
    assert_eq!(bench.length(parent), 2);
    let page = bench.log(parent, json!({ "by": "nonce", "from": "0" }));
    assert_eq!(page["edges"][0]["node"]["message"], json!(null));
    assert_eq!(tag(&page["edges"][0], "Message"), child.id.to_string());
}

#[test]
fn an_assignment_without_fields_names_them() {
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let (to, other) = (bench.spawn(&owner, ""), bench.spawn(&owner, ""));
    let message = bench.accept(owner.item(Some(to), &[("A", "1")], "secret"));
    let (id, message) = (other.to_string(), message.unwrap().id.to_string());
    let exclude = vec!["Data".to_owned(), "Signature".to_owned()];
    bench
        .ask(|unit| async move { unit.assign(&id, &message, exclude).await })
        .unwrap();
    let page = bench.log(other, json!({ "by": "nonce", "from": "0" }));
    let tags = tags_of(&page["edges"][0]["node"]["assignment"]);
    assert_eq!(tags[10..], ["Exclude=Data", "Exclude=Signature"]);
    // Both machines are told whom it is for: that is how a process knows what is assigned to it.
    let heard = bench.heard(to);
    let seen = heard.iter().map(|message| message["Data"].clone());
    assert_eq!(seen.collect::<Vec<_>>(), ["", "secret", ""]);
}

#[test]
fn an_item_of_more_than_ten_megabytes_is_refused() {
    const MOST: usize = 10_485_760;
    let (mut bench, owner) = (Bench::open(), Wallet::new("owner"));
    let process = bench.spawn(&owner, "");
    let empty = owner.item(Some(process), &[], "").as_bytes().len();
    let data = "x".repeat(MOST - empty + 1);
    let error = bench.accept(owner.item(Some(process), &[], &data));
    let error = error.unwrap_err();
    assert_eq!(error.code(), "ITEM_TOO_LARGE");
    assert!(error.to_string().contains("10485761"), "{error}");
    let item = owner.item(Some(process), &[], &data[1..]);
    assert_eq!(bench.accept(item).unwrap().nonce, 1, "one byte less is not");
}
