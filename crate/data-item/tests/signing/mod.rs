//! Keys of every type, and signing with them, which the crate leaves to wallets.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test takes what it needs, and fails by panicking"
)]

use std::{collections::HashMap, path::Path};

use ao_data_item::{Address, DataItem, Draft, SignatureType};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::Signer as _;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng as _};
use rsa::{
    BigUint, Pss, RsaPrivateKey,
    sha2::{Digest as _, Sha256},
    traits::PublicKeyParts as _,
};
use serde::de::DeserializeOwned;

/// The secret of all keys but that of Arweave. The vectors are signed with the same.
const SEED: [u8; 32] = {
    let mut seed = [0; 32];
    let mut at = 0;
    while at < 32 {
        seed[at] = at as u8;
        at += 1;
    }
    seed
};

/// One key for each type of signature.
#[derive(Debug)]
pub(crate) struct Keys {
    arweave: RsaPrivateKey,
    ed25519: ed25519_dalek::SigningKey,
    secp256k1: k256::ecdsa::SigningKey,
}

impl Keys {
    pub(crate) fn new() -> Keys {
        let jwk: HashMap<String, String> = read("arweave-key.json");
        let number =
            |name: &str| BigUint::from_bytes_be(&URL_SAFE_NO_PAD.decode(&jwk[name]).unwrap());
        let primes = vec![number("p"), number("q")];
        let arweave = RsaPrivateKey::from_components(number("n"), number("e"), number("d"), primes);
        Keys {
            arweave: arweave.unwrap(),
            ed25519: ed25519_dalek::SigningKey::from_bytes(&SEED),
            secp256k1: k256::ecdsa::SigningKey::from_slice(&SEED).unwrap(),
        }
    }

    /// The owner of items that the key of this type signs.
    pub(crate) fn owner(&self, signature_type: SignatureType) -> Vec<u8> {
        let ethereum = || {
            let key = self.secp256k1.verifying_key().to_sec1_point(false);
            key.as_bytes().to_vec()
        };
        match signature_type {
            SignatureType::Arweave => self.arweave.n().to_bytes_be(),
            SignatureType::Ed25519 | SignatureType::Solana => {
                self.ed25519.verifying_key().as_bytes().to_vec()
            }
            SignatureType::Ethereum => ethereum(),
            SignatureType::TypedEthereum => {
                let address = Address::of(SignatureType::Ethereum, &ethereum()).unwrap();
                address.as_str().to_lowercase().into_bytes()
            }
            _ => unreachable!("{signature_type} has no key here"),
        }
    }

    /// The draft, signed with the key of this type.
    pub(crate) fn sign(&self, signature_type: SignatureType, draft: Draft) -> DataItem {
        if signature_type == SignatureType::Arweave {
            return self.sign_with_salt(draft, 32);
        }
        let unsigned = draft
            .for_owner(signature_type, &self.owner(signature_type))
            .unwrap();
        let message = unsigned.message();
        let signature = if signature_type.signature_length() == 65 {
            let (signature, which) = self.secp256k1.sign_prehash_recoverable(&message);
            [&signature.to_bytes()[..], &[which.to_byte()]].concat()
        } else {
            self.ed25519.sign(&message).to_bytes().to_vec()
        };
        unsigned.seal(&signature).unwrap()
    }

    /// The draft, signed by RSA with a salt of so many bytes.
    pub(crate) fn sign_with_salt(&self, draft: Draft, salt_length: usize) -> DataItem {
        let signature_type = SignatureType::Arweave;
        let unsigned = draft
            .for_owner(signature_type, &self.owner(signature_type))
            .unwrap();
        let hash = Sha256::digest(unsigned.message());
        let padding = Pss::new_with_salt::<Sha256>(salt_length);
        let signature = self
            .arweave
            .sign_with_rng(&mut ChaCha8Rng::seed_from_u64(1984), padding, &hash)
            .unwrap();
        unsigned.seal(&signature).unwrap()
    }
}

/// Bytes that are the same everywhere, and whose every block differs: `tests/vectors/filler.mjs` makes the same.
pub(crate) fn filler(length: usize) -> Vec<u8> {
    (0..length)
        .map(|at| (at ^ (at >> 8) ^ (at >> 16)) as u8)
        .collect()
}

/// What a JSON file of the vectors holds.
pub(crate) fn read<T: DeserializeOwned>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/vectors")
        .join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}
