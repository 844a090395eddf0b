//! Those who sign, and the check of what they signed.

use std::cell::Cell;
use std::rc::Rc;

use ao_data_item::{DataItem, Draft, Id, SignatureType, Tag, Verifier};

/// Signatures are another suite's matter: here those of a test's wallet are marked, and the mark is checked.
#[derive(Clone, Debug)]
pub(crate) struct Marked;

impl Verifier for Marked {
    async fn verify_pss(
        &self,
        _modulus: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, ao_data_item::Error> {
        Ok(signature[..48] == message[..48])
    }
}

/// Someone who sends messages.
#[derive(Clone, Debug)]
pub(crate) struct Wallet {
    key: Vec<u8>,
    count: Rc<Cell<u64>>,
}

impl Wallet {
    pub(crate) fn new(name: &str) -> Self {
        let mut key = vec![0; 512];
        key[..name.len()].copy_from_slice(name.as_bytes());
        Self {
            key,
            count: Rc::default(),
        }
    }

    pub(crate) fn address(&self) -> String {
        Id::of(&self.key).to_string()
    }

    /// A data item; each has another id, as those of real wallets have.
    pub(crate) fn item(&self, target: Option<Id>, tags: &[(&str, &str)], data: &str) -> DataItem {
        self.anchored(target, None, tags, data)
    }

    pub(crate) fn anchored(
        &self,
        target: Option<Id>,
        anchor: Option<[u8; 32]>,
        tags: &[(&str, &str)],
        data: &str,
    ) -> DataItem {
        self.count.set(self.count.get() + 1);
        let tags = tags
            .iter()
            .map(|(name, value)| Tag::new(*name, *value))
            .collect();
        let draft = Draft {
            target,
            anchor,
            tags,
            data: data.as_bytes().to_vec(),
        };
        let unsigned = draft.for_owner(SignatureType::Arweave, &self.key).unwrap();
        let mut signature = vec![0; 512];
        signature[..48].copy_from_slice(&unsigned.signing_hash());
        signature[48..56].copy_from_slice(&self.count.get().to_le_bytes());
        unsigned.seal(&signature).unwrap()
    }
}
