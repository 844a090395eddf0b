//! What verifies, and what does not: of every type of signature, with real ones.
#![allow(
    clippy::unwrap_used,
    reason = "a test, its helpers too, fails by panicking"
)]

mod signing;

use ao_data_item::{DataItem, Draft, Error, Id, NativeRsa, SignatureType, Tag, ethereum, verify};
use k256::{Scalar, elliptic_curve::PrimeField as _};
use proptest::{collection::vec, prelude::*, sample::Index};

use rsa::BigUint;
use signing::Keys;

const ETHEREUM: [SignatureType; 2] = [SignatureType::Ethereum, SignatureType::TypedEthereum];

#[test]
fn a_change_of_any_byte_of_an_item_is_noticed() {
    let keys = Keys::new();
    for signature_type in SignatureType::ALL {
        let item = keys.sign(signature_type, message()).into_bytes();
        for at in 0..item.len() {
            let mut changed = item.clone();
            changed[at] ^= 1 << (at % 8);
            assert!(!is_genuine(changed), "{signature_type}: byte {at}");
        }
        assert!(!is_genuine([&item[..], b" "].concat()), "a byte added");
        assert!(!is_genuine(item[..item.len() - 1].to_vec()), "one removed");
        assert!(is_genuine(item));
    }
}

proptest! {
    #[test]
    fn an_item_is_genuine_until_a_byte_changes(draft in draft(), at in any::<Index>(), change in 1_u8..) {
        let keys = Keys::new();
        for signature_type in &SignatureType::ALL[1..] {
            let mut item = keys.sign(*signature_type, draft.clone()).into_bytes();
            prop_assert!(is_genuine(item.clone()));
            let at = at.index(item.len());
            item[at] ^= change;
            prop_assert!(!is_genuine(item), "{signature_type}: byte {at}");
        }
    }
}

proptest! {
    // Making a signature of RSA takes long.
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn an_item_of_arweave_is_genuine_until_a_byte_changes(
        draft in draft(),
        changes in vec((any::<Index>(), 1_u8..), 8),
    ) {
        let item = Keys::new().sign(SignatureType::Arweave, draft).into_bytes();
        prop_assert!(is_genuine(item.clone()));
        for (at, change) in changes {
            let mut changed = item.clone();
            let at = at.index(item.len());
            changed[at] ^= change;
            prop_assert!(!is_genuine(changed), "byte {at}");
        }
    }
}

#[test]
fn a_signature_of_arweave_is_below_the_modulus() {
    let keys = Keys::new();
    let modulus = BigUint::from_bytes_be(&keys.owner(SignatureType::Arweave));
    let mut respelt = 0;
    // Signature and modulus have room in 512 bytes together only if both are small: one item in four or so.
    for n in 0..24_u8 {
        let data = vec![n];
        let item = keys.sign(SignatureType::Arweave, Draft { data, ..message() });
        let sum = (BigUint::from_bytes_be(item.signature()) + &modulus).to_bytes_be();
        let mut bytes = item.into_bytes();
        if sum.len() == 512 {
            // The equation of RSA holds for it as well, and the id would be another.
            bytes[2..514].copy_from_slice(&sum);
            assert!(!is_genuine(bytes), "item {n}");
            respelt += 1;
        }
    }
    assert!(respelt > 0);
}

#[test]
fn the_last_byte_of_an_ethereum_signature_has_one_spelling() {
    let keys = Keys::new();
    for signature_type in ETHEREUM {
        let mut item = keys.sign(signature_type, message()).into_bytes();
        let right = item[2 + 64];
        assert!([27, 28].contains(&right));
        for last in 0..=u8::MAX {
            item[2 + 64] = last;
            assert_eq!(is_genuine(item.clone()), last == right, "{last}");
        }
    }
}

#[test]
fn the_greater_s_of_an_ethereum_signature_is_refused() {
    let keys = Keys::new();
    for signature_type in ETHEREUM {
        let mut item = keys.sign(signature_type, message()).into_bytes();
        // With `-s` and the other last byte, the equation of ECDSA holds as well.
        let s: [u8; 32] = item[2 + 32..2 + 64].try_into().unwrap();
        let opposite = -Scalar::from_repr(s.into()).unwrap();
        item[2 + 32..2 + 64].copy_from_slice(&opposite.to_repr());
        item[2 + 64] = 27 + 28 - item[2 + 64];
        assert!(!is_genuine(item), "{signature_type}");
    }
}

#[test]
fn the_key_of_an_item_of_ethereum_is_recovered_from_its_signature() {
    let keys = Keys::new();
    let item = keys.sign(SignatureType::Ethereum, message());
    let signature = item.signature().try_into().unwrap();
    let hash = item.signing_hash();
    let key = ethereum::recover_key(&hash, signature, &NativeRsa);
    let key = pollster::block_on(key).unwrap();
    assert_eq!(key, item.owner());
}

#[test]
fn a_signature_of_one_type_is_none_of_another() {
    let keys = Keys::new();
    for signed in SignatureType::ALL {
        let signature = keys.sign(signed, message()).signature().to_vec();
        for claimed in SignatureType::ALL {
            if claimed != signed && claimed.signature_length() == signature.len() {
                let unsigned = message().for_owner(claimed, &keys.owner(claimed)).unwrap();
                let item = unsigned.seal(&signature).unwrap();
                assert!(!is_genuine(item.into_bytes()), "{signed} as {claimed}");
            }
        }
    }
}

#[test]
fn an_account_of_ethereum_has_one_address_however_it_signs() {
    let keys = Keys::new();
    let [plain, typed] = ETHEREUM.map(|signature_type| keys.sign(signature_type, message()));
    assert_eq!(plain.address(), typed.address());
    let capitals = [b"0x", &typed.owner().to_ascii_uppercase()[2..]].concat();
    let unsigned = message()
        .for_owner(SignatureType::TypedEthereum, &capitals)
        .unwrap();
    assert_eq!(unsigned.address(), typed.address());
}

#[test]
fn an_address_in_capitals_is_signed_for_by_itself() {
    let keys = Keys::new();
    let owner = keys
        .owner(SignatureType::TypedEthereum)
        .to_ascii_uppercase();
    let owner = [b"0x", &owner[2..]].concat();
    let unsigned = message()
        .for_owner(SignatureType::TypedEthereum, &owner)
        .unwrap();
    let lower = keys.sign(SignatureType::TypedEthereum, message());
    assert_ne!(unsigned.signing_hash(), lower.signing_hash());
    // A signature for the one spelling is none for the other: it is part of what is signed.
    let item = unsigned.seal(lower.signature()).unwrap();
    assert!(!is_genuine(item.into_bytes()));
}

#[test]
fn salts_that_no_wallet_of_arweave_uses_are_refused() {
    let keys = Keys::new();
    for (salt_length, accepted) in [(0, true), (32, true), (478, true), (20, false), (64, false)] {
        let item = keys.sign_with_salt(Draft::default(), salt_length);
        assert_eq!(
            is_genuine(item.into_bytes()),
            accepted,
            "{salt_length} bytes of salt"
        );
    }
}

#[test]
fn keys_and_signatures_that_make_no_sense_are_invalid() {
    let fillings = [
        (0, 0),
        (0, 1),
        (0xff, 0),
        (0xff, 0xff),
        (0xfe, 0xff),
        (0x80, 0x7f),
        (4, 27),
        (4, 28),
    ];
    for signature_type in SignatureType::ALL {
        for (owner, signature) in fillings {
            let mut owner = vec![owner; signature_type.owner_length()];
            match signature_type {
                SignatureType::Ethereum => owner[0] = 4,
                SignatureType::TypedEthereum => owner = format!("0x{:040x}", owner[0]).into(),
                _ => {}
            }
            let unsigned = Draft::default().for_owner(signature_type, &owner).unwrap();
            let signature = vec![signature; signature_type.signature_length()];
            let item = unsigned.seal(&signature).unwrap();
            let error = Error::SignatureInvalid { id: item.id() };
            assert_eq!(pollster::block_on(verify(&item, &NativeRsa)), Err(error));
        }
    }
}

fn message() -> Draft {
    Draft {
        target: Some(Id::of(b"process")),
        anchor: Some([b'0'; 32]),
        tags: vec![Tag::new("Action", "Eval"), Tag::new("Empty", "")],
        data: b"return 1".to_vec(),
    }
}

fn draft() -> impl Strategy<Value = Draft> {
    let tag = (".{1,10}", ".{0,14}").prop_map(|(name, value)| Tag { name, value });
    let fields = (any::<Option<[u8; 32]>>(), any::<Option<[u8; 32]>>());
    (fields, vec(tag, 0..10), vec(any::<u8>(), 0..300)).prop_map(
        |((target, anchor), tags, data)| Draft {
            target: target.map(Id),
            anchor,
            tags,
            data,
        },
    )
}

fn is_genuine(bytes: Vec<u8>) -> bool {
    DataItem::parse(bytes).is_ok_and(|item| pollster::block_on(verify(&item, &NativeRsa)).is_ok())
}
