use std::fmt::Write as _;

use crate::{SignatureType, ethereum};

/// What a key signs to sign an item: see [`DataItem::message`](crate::DataItem::message).
pub(crate) fn message(
    signature_type: SignatureType,
    owner: &[u8],
    signing_hash: &[u8; 48],
) -> Vec<u8> {
    match signature_type {
        SignatureType::Arweave | SignatureType::Ed25519 => signing_hash.to_vec(),
        SignatureType::Solana => hexadecimal(signing_hash).into_bytes(),
        SignatureType::Ethereum => ethereum::personal_hash(signing_hash).to_vec(),
        SignatureType::TypedEthereum => {
            ethereum::typed_data_hash(&ethereum::account(owner), signing_hash).to_vec()
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solana_signs_hexadecimal_digits() {
        let text = message(SignatureType::Solana, &[0; 32], &[0x0a; 48]);
        assert_eq!(text, "0a".repeat(48).into_bytes());
    }
}
