//! What `@dha-team/arbundles` and `arweave` made is read, rebuilt and verified here.
//! `tests/vectors/generate.mjs` at the root of the repository wrote it down. The other direction is tested in
//! `tests/data-item`, by `arbundles` itself.
#![allow(
    clippy::unwrap_used,
    reason = "a test, its helpers too, fails by panicking"
)]

mod signing;

use std::collections::HashMap;

use ao_data_item::{Address, Bundle, DataItem, Draft, Id, NativeRsa, SignatureType, Tag, verify};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer};

use signing::{filler, read};

#[test]
fn items_of_arbundles_are_read_as_it_wrote_them() {
    each_vector(|vector, owner| {
        let item = DataItem::parse(vector.bytes()).unwrap();
        assert_eq!(item.signature_type().code(), vector.signature_type);
        assert_eq!(item.id(), vector.id);
        assert_eq!(item.signing_hash().as_slice(), vector.signing_hash);
        assert_eq!(item.owner(), owner.owner);
        assert_eq!(item.address(), owner.address);
        assert_eq!(item.target(), vector.target);
        assert_eq!(item.anchor().copied(), vector.anchor.map(|Id(bytes)| bytes));
        assert_eq!(item.tags(), vector.tags);
        assert!(item.data() == vector.data());
        assert!(item.into_bytes() == vector.bytes());
    });
}

#[test]
fn items_built_from_the_same_fields_are_the_same_bytes() {
    each_vector(|vector, owner| {
        let bytes = vector.bytes();
        let draft = Draft {
            target: vector.target,
            anchor: vector.anchor.map(|Id(bytes)| bytes),
            tags: vector.tags.clone(),
            data: vector.data(),
        };
        let signature_type = vector.signature_type.try_into().unwrap();
        let unsigned = draft.for_owner(signature_type, &owner.owner).unwrap();
        assert_eq!(unsigned.signing_hash().as_slice(), vector.signing_hash);
        let signature = &bytes[2..][..signature_type.signature_length()];
        assert!(unsigned.seal(signature).unwrap().into_bytes() == bytes);
    });
}

#[test]
fn signatures_of_arbundles_are_verified() {
    each_vector(|vector, _| {
        let item = DataItem::parse(vector.bytes()).unwrap();
        assert_eq!(pollster::block_on(verify(&item, &NativeRsa)), Ok(()));
    });
}

#[test]
fn bundles_of_arbundles_are_read_and_built_as_it_wrote_them() {
    let Vectors { items, bundles, .. } = read("data-items.json");
    for bundle in bundles {
        println!("{}", bundle.name); // Shown if the check fails.
        let held: Vec<DataItem> = bundle
            .items
            .iter()
            .map(|name| items.iter().find(|item| item.name == *name).unwrap())
            .map(|vector| DataItem::parse(vector.bytes()).unwrap())
            .collect();
        let bytes = held.iter().fold(bundle.header, |bytes, item| {
            [&bytes, item.as_bytes()].concat()
        });

        assert_eq!(Bundle::of(&held).as_bytes(), bytes);
        let read = Bundle::parse(bytes).unwrap();
        let items: Vec<DataItem> = read.items().collect::<Result<_, _>>().unwrap();
        assert_eq!(items, held);
    }
}

#[derive(Deserialize)]
struct Vectors {
    /// By the number of the signature type.
    owners: HashMap<u16, Owner>,
    items: Vec<Vector>,
    bundles: Vec<BundleVector>,
}

#[derive(Deserialize)]
struct Owner {
    #[serde(deserialize_with = "base64url")]
    owner: Vec<u8>,
    address: Address,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vector {
    name: String,
    signature_type: u16,
    id: Id,
    #[serde(deserialize_with = "base64url")]
    signing_hash: Vec<u8>,
    target: Option<Id>,
    /// No id, but as many bytes.
    anchor: Option<Id>,
    tags: Vec<Tag>,
    #[serde(deserialize_with = "base64url")]
    data: Vec<u8>,
    /// How many bytes of filler follow `data` and `bytes`, too many to be written down.
    filler: usize,
    #[serde(deserialize_with = "base64url")]
    bytes: Vec<u8>,
}

#[derive(Deserialize)]
struct BundleVector {
    name: String,
    /// Their names.
    items: Vec<String>,
    /// The bytes before the items.
    #[serde(deserialize_with = "base64url")]
    header: Vec<u8>,
}

impl Vector {
    fn data(&self) -> Vec<u8> {
        [&self.data[..], &filler(self.filler)].concat()
    }

    fn bytes(&self) -> Vec<u8> {
        [&self.bytes[..], &filler(self.filler)].concat()
    }
}

fn each_vector(check: impl Fn(&Vector, &Owner)) {
    let Vectors { owners, items, .. } = read("data-items.json");
    for signature_type in SignatureType::ALL {
        let code = signature_type.code();
        assert!(items.iter().any(|item| item.signature_type == code));
    }
    for vector in items {
        println!("{}", vector.name); // Shown if the check fails.
        check(&vector, &owners[&vector.signature_type]);
    }
}

fn base64url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(serde::de::Error::custom)
}
