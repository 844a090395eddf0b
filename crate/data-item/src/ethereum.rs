//! What Ethereum's wallets sign, and who signed.
//!
//! Signatures are 65 bytes: `r` and `s` of ECDSA over secp256k1, and a byte that tells which of two keys made
//! them: 27 or 28.
//!
//! Of one signature there are several spellings, and an item's id is that of its signature. So that nobody
//! can submit another's message a second time under a second id, an item verifies in one spelling alone:
//! the lesser `s`, as in [EIP-2], and 27 or 28. Every wallet writes these, but for the few that leave the last
//! byte at 0 or 1, which [`Unsigned::seal`](crate::Unsigned::seal) mends. `arbundles` is laxer: it ignores
//! the last byte of type 3, and allows the greater `s` in type 7.
//!
//! [EIP-2]: https://eips.ethereum.org/EIPS/eip-2

#[cfg(feature = "secp256k1")]
mod recovery;

use sha3::{Digest as _, Keccak256};

use crate::{Error, SignatureType, Verifier};

#[cfg(feature = "secp256k1")]
pub use recovery::recover;

/// The public key, uncompressed, that made a signature of a personal message (`personal_sign`).
///
/// An item of [`SignatureType::Ethereum`] holds the key, but wallets tell the address only. So one lets the
/// wallet sign any message once, and learns the key from the signature.
///
/// The last byte of `signature` may be 27 or 28, or 0 or 1.
///
/// # Errors
///
/// [`Error::KeyNotRecovered`] if `signature` is none, by any key. One of another message is some other key's:
/// compare the [`Address::of`](crate::Address::of) the key with the wallet's.
/// [`Error::VerifierUnavailable`] if `verifier` cannot recover keys.
///
/// ```
/// use ao_data_item::{Address, NativeRsa, SignatureType, ethereum};
///
/// # pollster::block_on(async {
/// # fn ask_wallet(_text: &str) -> [u8; 65] {
/// #     let text = "b91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd\
/// #                 6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a0291c";
/// #     std::array::from_fn(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap())
/// # }
/// let signature = ask_wallet("Some data");
/// let key = ethereum::recover_key(b"Some data", &signature, &NativeRsa).await?;
/// let address = Address::of(SignatureType::Ethereum, &key)?;
/// assert_eq!(address.as_str(), "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23");
/// # Ok::<(), ao_data_item::Error>(())
/// # }).unwrap();
/// ```
pub async fn recover_key<V: Verifier>(
    message: &[u8],
    signature: &[u8; 65],
    verifier: &V,
) -> Result<[u8; 65], Error> {
    let mut signature = *signature;
    normalise(&mut signature);
    let hash = personal_hash(message);
    let key = verifier.recover_key(&hash, &signature).await?;
    key.ok_or(Error::KeyNotRecovered {
        recovery_byte: signature[64],
    })
}

/// The 32 bytes that `personal_sign` signs of a message ([EIP-191], version 0x45).
///
/// [EIP-191]: https://eips.ethereum.org/EIPS/eip-191
pub fn personal_hash(message: &[u8]) -> [u8; 32] {
    let prefix = format!("\u{19}Ethereum Signed Message:\n{}", message.len());
    keccak(&[prefix.as_bytes(), message])
}

/// The 32 bytes that `eth_signTypedData_v4` signs for an item of [`SignatureType::TypedEthereum`] ([EIP-712]):
///
/// ```json
/// {
///   "types": {
///     "EIP712Domain": [{ "name": "name", "type": "string" }, { "name": "version", "type": "string" }],
///     "Bundlr": [{ "name": "Transaction hash", "type": "bytes" }, { "name": "address", "type": "address" }]
///   },
///   "domain": { "name": "Bundlr", "version": "1" },
///   "primaryType": "Bundlr",
///   "message": { "Transaction hash": "0x… (the signing hash)", "address": "0x… (the owner)" }
/// }
/// ```
///
/// Domain and types are those of `arbundles` (`TypedEthereumSigner`).
///
/// [EIP-712]: https://eips.ethereum.org/EIPS/eip-712
pub fn typed_data_hash(account: &[u8; 20], signing_hash: &[u8; 48]) -> [u8; 32] {
    let domain = keccak(&[
        &keccak(&[b"EIP712Domain(string name,string version)"]),
        &keccak(&[b"Bundlr"]),
        &keccak(&[b"1"]),
    ]);
    let message = keccak(&[
        &keccak(&[b"Bundlr(bytes Transaction hash,address address)"]),
        &keccak(&[signing_hash]),
        &[0; 12],
        account,
    ]);
    keccak(&[b"\x19\x01", &domain, &message])
}

/// The account that an address names, of an owner that was checked to be one.
pub(crate) fn account(address: &[u8]) -> [u8; 20] {
    let mut account = [0; 20];
    for (byte, digits) in account.iter_mut().zip(address[2..].chunks_exact(2)) {
        *byte = digits
            .iter()
            .filter_map(|&digit| char::from(digit).to_digit(16))
            .fold(0, |byte, digit| byte << 4 | digit as u8);
    }
    account
}

/// Writes the last byte of a signature as 27 or 28 where it is 0 or 1.
pub(crate) fn normalise(signature: &mut [u8]) {
    if let Some(last @ (0 | 1)) = signature.last_mut() {
        *last += FIRST_KEY;
    }
}

/// Whether the owner, a key or an account as the type demands, made the signature of a hash.
pub(crate) async fn is_valid<V: Verifier>(
    signature_type: SignatureType,
    owner: &[u8],
    hash: &[u8],
    signature: &[u8],
    verifier: &V,
) -> Result<bool, Error> {
    let (Ok(hash), Ok(signature)) = (hash.try_into(), signature.try_into()) else {
        return Ok(false);
    };
    let key = verifier.recover_key(hash, signature).await?;
    Ok(key.is_some_and(|key| {
        if signature_type == SignatureType::TypedEthereum {
            account_of(&key) == account(owner)
        } else {
            key == owner
        }
    }))
}

/// What a [`Verifier`] recovers that brings no code of its own for it.
#[cfg(feature = "secp256k1")]
#[allow(clippy::unnecessary_wraps, reason = "without the feature it fails")]
pub(crate) fn recover_here(
    hash: &[u8; 32],
    signature: &[u8; 65],
) -> Result<Option<[u8; 65]>, Error> {
    Ok(recover(hash, signature))
}

#[cfg(not(feature = "secp256k1"))]
pub(crate) fn recover_here(_: &[u8; 32], _: &[u8; 65]) -> Result<Option<[u8; 65]>, Error> {
    Err(Error::VerifierUnavailable {
        kind: "types 3 and 7 (ethereum)",
        reason: "it was built without the curve secp256k1".to_owned(),
    })
}

/// The last byte of a signature that the first of the two possible keys made; the second's is one more.
const FIRST_KEY: u8 = 27;

/// The account of a key, whose first byte only says that it is uncompressed.
pub(crate) fn account_of(key: &[u8]) -> [u8; 20] {
    let hash = keccak(&[key.get(1..).unwrap_or_default()]);
    std::array::from_fn(|at| hash[12 + at])
}

fn keccak(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Keccak256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NativeRsa;

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        std::array::from_fn(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap())
    }

    /// The example of web3.js, of "Some data".
    fn signature() -> [u8; 65] {
        bytes(
            "b91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd\
             6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a0291c",
        )
    }

    fn recover_key(message: &[u8], signature: &[u8; 65]) -> Result<[u8; 65], Error> {
        pollster::block_on(super::recover_key(message, signature, &NativeRsa))
    }

    #[test]
    fn a_personal_message_is_hashed_with_its_length() {
        assert_eq!(
            personal_hash(b"Some data"),
            bytes("1da44b586eb0729ff70a73c326926f6ed5a25f5b056e7f47fbc6e58d86871655")
        );
    }

    #[test]
    fn the_key_is_recovered_whichever_way_the_last_byte_is_written() {
        let key = recover_key(b"Some data", &signature()).unwrap();
        assert_eq!(
            account_of(&key),
            bytes("2c7536e3605d9c16a7a3d7b1898e529396a65c23")
        );
        let mut signature = signature();
        signature[64] = 1;
        assert_eq!(recover_key(b"Some data", &signature), Ok(key));
    }

    #[test]
    fn another_message_is_another_keys() {
        let key = recover_key(b"Some data", &signature());
        assert_ne!(recover_key(b"Some date", &signature()), key);
    }

    #[test]
    fn no_key_is_recovered_from_what_is_no_signature() {
        let greater_s = {
            // The order of the curve less `s`.
            let mut signature = signature();
            signature[32..64].copy_from_slice(&bytes::<32>(
                "9ff818b327d1fc847ffe79bdd03d25e83e3a5df66962ceb160751b8bd754a118",
            ));
            signature
        };
        let no_last_byte = [&signature()[..64], &[29]].concat().try_into().unwrap();
        for signature in [[0; 65], [0xff; 65], greater_s, no_last_byte] {
            let error = recover_key(b"Some data", &signature).unwrap_err();
            assert!(matches!(error, Error::KeyNotRecovered { .. }), "{error}");
        }
    }

    #[test]
    fn an_account_is_read_in_capitals_too() {
        let expected = bytes("2c7536e3605d9c16a7a3d7b1898e529396a65c23");
        assert_eq!(
            account(b"0x2c7536E3605D9C16a7a3D7b1898e529396a65c23"),
            expected
        );
    }
}
