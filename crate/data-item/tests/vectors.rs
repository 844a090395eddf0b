//! Agreement with `@dha-team/arbundles` and `arweave`, in both directions, and what their wallets sign.
//! `tests/vectors/generate.mjs` at the root of the repository wrote the vectors.
#![allow(
    clippy::unwrap_used,
    reason = "a test, its helpers too, fails by panicking"
)]

use std::{collections::HashMap, path::Path};

use ao_data_item::{Address, DataItem, Draft, Error, Id, NativeRsa, SignatureType, Tag, verify};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng as _};
use rsa::{
    BigUint, Pss, RsaPrivateKey,
    sha2::{Digest as _, Sha256},
    traits::PublicKeyParts as _,
};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

#[test]
fn items_of_arbundles_are_read_as_it_wrote_them() {
    each_vector(|vector, owner| {
        let item = DataItem::parse(vector.bytes.clone()).unwrap();
        assert_eq!(item.signature_type().code(), vector.signature_type);
        assert_eq!(item.id(), vector.id);
        assert_eq!(item.signing_hash().as_slice(), vector.signing_hash);
        assert_eq!(item.owner(), owner.owner);
        assert_eq!(item.address(), owner.address);
        assert_eq!(item.target(), vector.target);
        assert_eq!(item.anchor().copied(), vector.anchor.map(|Id(bytes)| bytes));
        assert_eq!(item.tags(), vector.tags);
        assert_eq!(item.data(), vector.data);
        assert_eq!(item.into_bytes(), vector.bytes);
    });
}

#[test]
fn items_built_from_the_same_fields_are_the_same_bytes() {
    each_vector(|vector, owner| {
        let signature = DataItem::parse(vector.bytes.clone())
            .unwrap()
            .signature()
            .to_vec();
        let draft = Draft {
            target: vector.target,
            anchor: vector.anchor.map(|Id(bytes)| bytes),
            tags: vector.tags,
            data: vector.data,
        };
        let signature_type = vector.signature_type.try_into().unwrap();
        let unsigned = draft.for_owner(signature_type, &owner.owner).unwrap();
        assert_eq!(unsigned.signing_hash().as_slice(), vector.signing_hash);
        assert_eq!(
            unsigned.seal(&signature).unwrap().into_bytes(),
            vector.bytes
        );
    });
}

#[test]
fn signatures_of_arweave_are_verified_and_others_named_as_unsupported() {
    each_vector(|vector, _| {
        let item = DataItem::parse(vector.bytes).unwrap();
        let expected = match item.signature_type() {
            SignatureType::Arweave => Ok(()),
            signature_type => Err(Error::Unsupported { signature_type }),
        };
        assert_eq!(pollster::block_on(verify(&item, &NativeRsa)), expected);
    });
}

#[test]
fn a_change_of_any_byte_of_an_item_is_noticed() {
    let key = arweave_key();
    let draft = Draft {
        target: Some(Id::of(b"process")),
        anchor: Some([b'0'; 32]),
        tags: vec![Tag::new("Action", "Eval"), Tag::new("Empty", "")],
        data: b"return 1".to_vec(),
    };
    let item = sign(draft, &key, 32).into_bytes();
    for at in 0..item.len() {
        let mut changed = item.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(!is_genuine(changed), "byte {at} may be changed");
    }
    assert!(
        !is_genuine([&item[..], b" "].concat()),
        "a byte may be added"
    );
    assert!(
        !is_genuine(item[..item.len() - 1].to_vec()),
        "a byte may be removed"
    );
    assert!(is_genuine(item));
}

#[test]
fn salts_that_no_wallet_of_arweave_uses_are_refused() {
    let key = arweave_key();
    for (salt_length, accepted) in [(0, true), (32, true), (478, true), (20, false), (64, false)] {
        let item = sign(Draft::default(), &key, salt_length);
        let expected = if accepted {
            Ok(())
        } else {
            Err(Error::SignatureInvalid { id: item.id() })
        };
        assert_eq!(
            pollster::block_on(verify(&item, &NativeRsa)),
            expected,
            "{salt_length} bytes of salt"
        );
    }
}

#[test]
fn keys_and_signatures_that_make_no_sense_are_invalid() {
    for (owner, signature) in [
        (0, 0),
        (0, 1),
        (0xff, 0),
        (0xff, 0xff),
        (0xfe, 0xff),
        (0x80, 0x7f),
    ] {
        let unsigned = Draft::default()
            .for_owner(SignatureType::Arweave, &[owner; 512])
            .unwrap();
        let item = unsigned.seal(&[signature; 512]).unwrap();
        let error = Error::SignatureInvalid { id: item.id() };
        assert_eq!(pollster::block_on(verify(&item, &NativeRsa)), Err(error));
    }
}

// --- Vectors ---------------------------------------------------------------------------------------------------------

#[derive(Deserialize)]
struct Vectors {
    /// By the number of the signature type.
    owners: HashMap<u16, Owner>,
    items: Vec<Vector>,
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
    #[serde(deserialize_with = "base64url")]
    bytes: Vec<u8>,
}

fn each_vector(check: impl Fn(Vector, &Owner)) {
    let Vectors { owners, items } = read("data-items.json");
    for signature_type in SignatureType::ALL {
        assert!(
            items
                .iter()
                .any(|item| item.signature_type == signature_type.code())
        );
    }
    for vector in items {
        println!("{}", vector.name); // Shown if the check fails.
        let owner = &owners[&vector.signature_type];
        check(vector, owner);
    }
}

fn read<T: DeserializeOwned>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/vectors")
        .join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn base64url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(serde::de::Error::custom)
}

// --- Signing, which the crate leaves to wallets ----------------------------------------------------------------------

fn arweave_key() -> RsaPrivateKey {
    let jwk: HashMap<String, String> = read("arweave-key.json");
    let number = |name: &str| BigUint::from_bytes_be(&URL_SAFE_NO_PAD.decode(&jwk[name]).unwrap());
    let primes = vec![number("p"), number("q")];
    RsaPrivateKey::from_components(number("n"), number("e"), number("d"), primes).unwrap()
}

fn sign(draft: Draft, key: &RsaPrivateKey, salt_length: usize) -> DataItem {
    let unsigned = draft
        .for_owner(SignatureType::Arweave, &key.n().to_bytes_be())
        .unwrap();
    let hash = Sha256::digest(unsigned.signing_hash());
    let padding = Pss::new_with_salt::<Sha256>(salt_length);
    let signature = key
        .sign_with_rng(&mut ChaCha8Rng::seed_from_u64(1984), padding, &hash)
        .unwrap();
    unsigned.seal(&signature).unwrap()
}

fn is_genuine(bytes: Vec<u8>) -> bool {
    DataItem::parse(bytes).is_ok_and(|item| pollster::block_on(verify(&item, &NativeRsa)).is_ok())
}
