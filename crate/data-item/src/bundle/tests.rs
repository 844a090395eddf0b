use super::*;
use crate::{Draft, SignatureType, Tag};

/// An item of 129 bytes: its owner ends at byte 98, its tags begin at 116, and it has 5 bytes of data.
fn item(signature: u8) -> DataItem {
    Draft {
        tags: vec![Tag::new("n", "vwx")],
        data: b"datum".to_vec(),
        ..Draft::default()
    }
    .for_owner(SignatureType::Ed25519, &[3; 32])
    .unwrap()
    .seal(&[signature; 64])
    .unwrap()
}

/// Two items: the header ends at byte 160, the first item at 289, the second at 418.
fn bundle() -> Vec<u8> {
    Bundle::of([&item(1), &item(2)]).into_bytes()
}

/// The bundle with `bytes` at `offset`.
fn with(offset: usize, bytes: &[u8]) -> Vec<u8> {
    let mut all = bundle();
    all[offset..offset + bytes.len()].copy_from_slice(bytes);
    all
}

fn error(bytes: Vec<u8>) -> String {
    Bundle::parse(bytes).unwrap_err().to_string()
}

/// What is wrong with an item of a bundle whose header is right.
fn item_error(bytes: Vec<u8>, index: usize) -> String {
    let bundle = Bundle::parse(bytes).unwrap();
    bundle.item(index).unwrap().unwrap_err().to_string()
}

#[test]
fn the_items_are_read_in_their_order() {
    let bundle = Bundle::parse(bundle()).unwrap();
    let items = bundle.items().collect::<Result<Vec<_>, _>>().unwrap();
    assert_eq!(items, [item(1), item(2)]);
    assert!(bundle.ids().eq(items.iter().map(DataItem::id)));
    assert_eq!(bundle.item(1).unwrap().unwrap(), item(2));
    assert!(bundle.item(2).is_none());
    assert_eq!(bundle, Bundle::of(&items));
}

#[test]
fn a_bundle_of_nothing_is_its_count() {
    let bundle = Bundle::of([]);
    assert_eq!(bundle.as_bytes(), [0; 32]);
    assert!(Bundle::parse([0; 32]).unwrap().is_empty());
}

#[test]
fn an_item_may_come_twice() {
    let bundle = Bundle::parse(Bundle::of([&item(1), &item(1)]).into_bytes()).unwrap();
    assert!(bundle.items().all(|read| read == Ok(item(1))));
}

#[test]
fn a_bundle_may_be_the_data_of_an_item() {
    let outer = Draft {
        data: bundle(),
        ..Draft::default()
    };
    let outer = outer.for_owner(SignatureType::Ed25519, &[3; 32]).unwrap();
    let outer = Bundle::of([&outer.seal(&[9; 64]).unwrap()]);
    let inner = Bundle::parse(outer.item(0).unwrap().unwrap().data()).unwrap();
    assert_eq!(inner.item(1).unwrap().unwrap(), item(2));
}

#[test]
fn a_bundle_cut_anywhere_is_refused() {
    let bundle = bundle();
    for end in 0..bundle.len() {
        assert!(Bundle::parse(&bundle[..end]).is_err(), "{end}");
    }
    let cases = [
        (
            31,
            "count of items at byte 0: 32 bytes are needed, but 31 are left",
        ),
        (
            159,
            "header of the bundle at byte 32: 128 bytes are needed, but 127 are left",
        ),
        (
            160,
            "item 0 of the bundle declares 129 bytes at byte 32, but 0 are left",
        ),
        (
            417,
            "item 1 of the bundle declares 129 bytes at byte 96, but 128 are left",
        ),
    ];
    for (end, message) in cases {
        assert_eq!(error(bundle[..end].to_vec()), message);
    }
}

#[test]
fn wrong_counts_are_refused_without_room_for_them() {
    assert_eq!(
        error(with(0, &[1])),
        "193 bytes at byte 225 are left over after the last item of the bundle"
    );
    assert_eq!(
        error(with(0, &u64::MAX.to_le_bytes())),
        "header of the bundle at byte 32: 18446744073709551615 bytes are needed, but 386 are left"
    );
    for high in [8, 31] {
        assert_eq!(
            error(with(high, &[1])),
            "the number at byte 0 does not fit 64 bits"
        );
    }
    // The header of three takes 64 bytes from the items.
    assert_eq!(
        error(with(0, &[3])),
        "item 1 of the bundle declares 129 bytes at byte 96, but 65 are left"
    );
}

#[test]
fn sizes_that_do_not_fill_the_bundle_are_refused() {
    let cases = [
        (
            32,
            130,
            "item 1 of the bundle declares 129 bytes at byte 96, but 128 are left",
        ),
        (
            32,
            128,
            "1 bytes at byte 417 are left over after the last item of the bundle",
        ),
        (
            96,
            130,
            "item 1 of the bundle declares 130 bytes at byte 96, but 129 are left",
        ),
        (
            96,
            0,
            "129 bytes at byte 289 are left over after the last item of the bundle",
        ),
        (
            32,
            u64::MAX,
            "item 0 of the bundle declares 18446744073709551615 bytes at byte 32, but 258 are left",
        ),
    ];
    for (offset, size, message) in cases {
        assert_eq!(error(with(offset, &u64::to_le_bytes(size))), message);
    }
    assert_eq!(
        error(with(127, &[1])),
        "the number at byte 96 does not fit 64 bits"
    );
    assert_eq!(
        error([bundle(), vec![0]].concat()),
        "1 bytes at byte 418 are left over after the last item of the bundle"
    );
}

#[test]
fn items_that_overlap_are_refused_when_they_are_read() {
    // The sizes fill the bundle; but the second item starts with the last byte of the first.
    let mut bytes = with(32, &[128]);
    bytes[96] = 130;
    // The first item is whole, though it lost a byte of its data: its signature tells.
    let bundle = Bundle::parse(bytes.clone()).unwrap();
    assert_eq!(bundle.item(0).unwrap().unwrap().data(), b"datu");
    assert_eq!(
        item_error(bytes, 1),
        "item 1 of the bundle: signature type 621 at byte 288 is unknown"
    );
}

#[test]
fn what_is_wrong_with_an_item_is_told_by_its_place_in_the_bundle() {
    // The second item begins at byte 289.
    let cases = [
        (289, 9, "signature type 9 at byte 289 is unknown"),
        (
            387,
            7,
            "the presence byte of the target at byte 387 is 7, neither 0 nor 1",
        ),
        (389, 2, "2 tags are declared at byte 389, but 1 are encoded"),
        (
            389,
            0,
            "0 tags are declared, but 8 bytes of tags follow at byte 405",
        ),
        (
            397,
            9,
            "1 bytes at byte 413 are left over after the last tag",
        ),
        (406, 0, "the name of tag 0 at byte 406 is empty"),
        (
            407,
            0xff,
            "the tag name at byte 407, of tag 0, is not UTF-8",
        ),
    ];
    for (offset, byte, message) in cases {
        assert_eq!(
            item_error(with(offset, &[byte]), 1),
            format!("item 1 of the bundle: {message}")
        );
    }
}

#[test]
fn an_item_has_the_id_that_the_header_gives_it() {
    let declared = Id([7; 32]);
    let (bytes, found) = (with(128, declared.as_bytes()), item(2).id());
    assert_eq!(
        item_error(bytes.clone(), 1),
        format!("item 1 of the bundle is {found}, not {declared} as byte 128 says")
    );
    assert_eq!(Bundle::parse(bytes).unwrap().item(0).unwrap(), Ok(item(1)));
}
