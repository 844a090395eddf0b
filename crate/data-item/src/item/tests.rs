use super::*;
use crate::Draft;

/// An Ed25519 item: target at byte 98, anchor at 131, count of tags at 164, their length at 172, tags at 180.
fn item() -> DataItem {
    Draft {
        target: Some(Id([1; 32])),
        anchor: Some([2; 32]),
        tags: vec![
            Tag::new("Action", "first"),
            Tag::new("Action", "second"),
            Tag::new("empty", ""),
        ],
        data: b"data".to_vec(),
    }
    .for_owner(SignatureType::Ed25519, &[3; 32])
    .unwrap()
    .seal(&[4; 64])
    .unwrap()
}

/// What is wrong with the item once it has `bytes` at `offset`.
fn error_with(offset: usize, bytes: &[u8]) -> String {
    let mut all = item().into_bytes();
    all[offset..offset + bytes.len()].copy_from_slice(bytes);
    DataItem::parse(all).unwrap_err().to_string()
}

#[test]
fn fields_are_found() {
    let item = item();
    assert_eq!(item.signature_type(), SignatureType::Ed25519);
    assert_eq!(item.signature(), [4; 64]);
    assert_eq!(item.owner(), [3; 32]);
    assert_eq!(item.address().to_id(), Some(Id::of(&[3; 32])));
    assert_eq!(item.target(), Some(Id([1; 32])));
    assert_eq!(item.anchor(), Some(&[2; 32]));
    assert_eq!(item.data(), b"data");
    assert_eq!(item.id(), Id::of(&[4; 64]));
}

#[test]
fn a_tag_is_the_first_of_exactly_that_name() {
    let item = item();
    assert_eq!(item.tag("Action"), Some("first"));
    assert_eq!(item.tag("action"), None);
    assert_eq!(item.tag("empty"), Some(""));
}

#[test]
fn an_owner_that_is_none_is_named_with_the_byte_where_it_starts() {
    let unsigned = |code: u8| [&[code, 0], &[b'1'; 65 + 65][..], &[0; 18]].concat();
    assert_eq!(
        DataItem::parse_at(unsigned(3), 1000)
            .unwrap_err()
            .to_string(),
        "the owner at byte 1067 is not an uncompressed ethereum key: it starts with 49, not 4"
    );
    let owner = "1".repeat(42);
    assert_eq!(
        DataItem::parse(unsigned(7)).unwrap_err().to_string(),
        format!(
            "the owner at byte 67 is not an ethereum address: it is `{owner}`, not 0x and 40 hexadecimal digits"
        )
    );
}

#[test]
fn an_item_cut_anywhere_before_its_data_is_refused() {
    let item = item();
    let data = item.as_bytes().len() - item.data().len();
    for end in 0..data {
        let error = DataItem::parse(&item.as_bytes()[..end]).unwrap_err();
        assert!(matches!(error, Error::Truncated { .. }), "{end}: {error}");
    }
    assert!(
        DataItem::parse(&item.as_bytes()[..data])
            .unwrap()
            .data()
            .is_empty()
    );
}

#[test]
fn presence_is_0_or_1() {
    let cases = [
        (
            98,
            "the presence byte of the target at byte 98 is 9, neither 0 nor 1",
        ),
        (
            131,
            "the presence byte of the anchor at byte 131 is 9, neither 0 nor 1",
        ),
    ];
    for (offset, message) in cases {
        assert_eq!(error_with(offset, &[9]), message);
    }
}

#[test]
fn counts_and_lengths_of_tags_are_checked_without_overflow() {
    let cases = [
        (164, 129, "129 tags at byte 164 are more than 128"),
        (
            164,
            u64::MAX,
            "18446744073709551615 tags at byte 164 are more than 128",
        ),
        (164, 2, "2 tags are declared at byte 164, but 3 are encoded"),
        (164, 4, "4 tags are declared at byte 164, but 3 are encoded"),
        (
            164,
            0,
            "0 tags are declared, but 36 bytes of tags follow at byte 180",
        ),
        (
            172,
            4097,
            "4097 bytes of tags at byte 172 are more than 4096",
        ),
        (
            172,
            u64::MAX,
            "18446744073709551615 bytes of tags at byte 172 are more than 4096",
        ),
        (
            172,
            41,
            "tags at byte 180: 41 bytes are needed, but 40 are left",
        ),
        (
            172,
            37,
            "1 bytes at byte 216 are left over after the last tag",
        ),
        (
            172,
            35,
            "count of tags at byte 215: 1 bytes are needed, but 0 are left",
        ),
    ];
    for (offset, number, message) in cases {
        assert_eq!(error_with(offset, &u64::to_le_bytes(number)), message);
    }
}

#[test]
fn every_field_but_the_signature_is_signed() {
    let item = item();
    let hash = item.signing_hash();
    for at in 0..item.as_bytes().len() {
        let mut bytes = item.as_bytes().to_vec();
        bytes[at] ^= 1;
        if let Ok(changed) = DataItem::parse(bytes) {
            assert_eq!(
                changed.signing_hash() == hash,
                (2..66).contains(&at),
                "byte {at}"
            );
        }
    }
}

#[test]
fn debug_names_the_item_and_spares_the_bytes() {
    let text = format!("{:?}", item());
    assert!(text.contains(&item().id().to_string()), "{text}");
    assert!(text.contains("data_length: 4"), "{text}");
}
