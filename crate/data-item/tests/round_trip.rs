//! Properties that hold of every item: what is built is read back, and what is not an item is refused without a panic.

use ao_data_item::{
    Bundle, DataItem, Draft, Error, Id, SignatureType, Tag,
    limits::{MAX_TAG_BYTES, MAX_TAGS},
};
use proptest::{
    array::uniform32,
    collection::vec,
    option,
    prelude::*,
    sample::{Index, select},
};

proptest! {
    #[test]
    fn what_is_built_is_read_back(draft in draft(), signed in signed()) {
        let (signature_type, owner, signature) = signed;
        let unsigned = draft.clone().for_owner(signature_type, &owner).unwrap();
        let hash = unsigned.signing_hash();
        let built = unsigned.seal(&signature).unwrap();

        let item = DataItem::parse(built.as_bytes()).unwrap();
        prop_assert_eq!(&item, &built);
        prop_assert_eq!(item.signature_type(), signature_type);
        prop_assert_eq!(item.signature(), signature);
        prop_assert_eq!(item.owner(), owner);
        prop_assert_eq!(item.signing_hash(), hash);
        let fields = Draft {
            target: item.target(),
            anchor: item.anchor().copied(),
            tags: item.tags().to_vec(),
            data: item.data().to_vec(),
        };
        prop_assert_eq!(fields, draft);
    }

    #[test]
    fn a_bundle_holds_what_was_put_into_it(drafts in vec(draft(), 0..5), signature: [u8; 32]) {
        let items: Vec<DataItem> = drafts
            .into_iter()
            .map(|draft| draft.for_owner(SignatureType::Solana, &[0; 32]).unwrap())
            .map(|unsigned| unsigned.seal(&signature.repeat(2)).unwrap())
            .collect();
        let bundle = Bundle::of(&items);
        let read = Bundle::parse(bundle.as_bytes()).unwrap();
        prop_assert_eq!(&read, &bundle);
        prop_assert_eq!(read.items().collect::<Result<Vec<_>, _>>(), Ok(items));
    }

    #[test]
    fn any_bytes_are_a_bundle_or_an_error(count in 0_u8..4, rest in vec(select(&[0_u8, 0, 0, 1, 80][..]), 0..400)) {
        let bytes = [&[count][..], &[0; 31], &rest].concat();
        if let Ok(bundle) = Bundle::parse(bytes.clone()) {
            let sizes: usize = bundle.items().flatten().map(|item| item.as_bytes().len()).sum();
            prop_assert!(sizes <= bytes.len());
            prop_assert_eq!(bundle.into_bytes(), bytes);
        }
    }

    #[test]
    fn any_bytes_are_an_item_or_an_error(code in 0_u16..9, rest in vec(any::<u8>(), 0..1500)) {
        let bytes = [&code.to_le_bytes()[..], &rest].concat();
        if let Ok(item) = DataItem::parse(bytes.clone()) {
            prop_assert_eq!(item.into_bytes(), bytes);
        }
    }

    #[test]
    fn a_changed_item_is_an_item_or_an_error(draft in draft(), at in any::<Index>(), byte: u8) {
        let unsigned = draft.for_owner(SignatureType::Ed25519, &[0; 32]).unwrap();
        let item = unsigned.seal(&[0; 64]).unwrap();
        // Past signature and owner, where any byte is as good as another.
        let mut bytes = item.as_bytes().to_vec();
        let at = 98 + at.index(bytes.len() - 98);
        let same = bytes[at] == byte;
        bytes[at] = byte;
        if let Ok(changed) = DataItem::parse(bytes) {
            prop_assert_eq!(changed.signing_hash() == item.signing_hash(), same);
        }
    }

    #[test]
    fn tags_beyond_the_limits_are_refused(tags in vec(tag(), 0..300), length in 0_usize..6000) {
        let longest = Tag::new("n", "v".repeat(length));
        let tags = [&[longest], &tags[..]].concat();
        // A bound from below: lengths may take two bytes, and so may the count.
        let n_bytes: usize = tags.iter().map(|tag| 2 + tag.name.len() + tag.value.len()).sum();
        let n_tags = tags.len();
        let result = Draft { tags, ..Draft::default() }.for_owner(SignatureType::Ed25519, &[0; 32]);
        match result {
            Ok(_) => prop_assert!(n_tags <= MAX_TAGS && n_bytes <= MAX_TAG_BYTES),
            Err(Error::TooManyTags { count, .. }) => prop_assert!(count == n_tags as u64 && n_tags > MAX_TAGS),
            Err(Error::TooManyTagBytes { length, .. }) => prop_assert!(length > MAX_TAG_BYTES as u64),
            Err(error) => prop_assert!(false, "{}", error),
        }
    }

    #[test]
    fn an_id_is_read_as_it_is_written(bytes: [u8; 32]) {
        let text = Id(bytes).to_string();
        prop_assert_eq!(text.len(), Id::TEXT_LENGTH);
        prop_assert_eq!(text.parse(), Ok(Id(bytes)));
    }

    #[test]
    fn any_text_is_an_id_in_its_one_spelling_or_an_error(text in "[A-Za-z0-9_-]{43}|.{0,50}") {
        if let Ok(id) = text.parse::<Id>() {
            prop_assert_eq!(id.to_string(), text);
        }
    }
}

fn draft() -> impl Strategy<Value = Draft> {
    let target = option::of(uniform32(any::<u8>()).prop_map(Id));
    let anchor = option::of(uniform32(any::<u8>()));
    let data = vec(any::<u8>(), 0..300);
    (target, anchor, vec(tag(), 0..40), data).prop_map(|(target, anchor, tags, data)| Draft {
        target,
        anchor,
        tags,
        data,
    })
}

/// A tag of at most 100 bytes: forty of them are within the limit.
fn tag() -> impl Strategy<Value = Tag> {
    (".{1,10}", ".{0,14}").prop_map(|(name, value)| Tag { name, value })
}

/// A type of signature, with an owner and a signature that it allows.
fn signed() -> impl Strategy<Value = (SignatureType, Vec<u8>, Vec<u8>)> {
    select(&SignatureType::ALL[..]).prop_flat_map(|signature_type| {
        // Not 0 and 1, which are written as 27 and 28 where they end a signature of Ethereum.
        let signature = vec(2_u8.., signature_type.signature_length());
        let bytes = vec(any::<u8>(), signature_type.owner_length());
        let owner = match signature_type {
            SignatureType::Ethereum => bytes
                .prop_map(|mut key| {
                    key[0] = 4;
                    key
                })
                .boxed(),
            SignatureType::TypedEthereum => {
                "0x[0-9a-fA-F]{40}".prop_map(String::into_bytes).boxed()
            }
            _ => bytes.boxed(),
        };
        (Just(signature_type), owner, signature)
    })
}
