mod arweave;
#[cfg(feature = "rsa")]
mod native_rsa;

#[cfg(feature = "rsa")]
pub use native_rsa::NativeRsa;

use crate::{DataItem, Error, SignatureType};

/// Checks that the owner's key signed this item, every byte of it.
///
/// The arithmetic of RSA is left to `rsa`: it belongs to the platform (Web Crypto in a browser),
/// and `NativeRsa` of the feature `rsa` stands in where there is none.
///
/// # Errors
///
/// [`Error::SignatureInvalid`] if it did not;
/// [`Error::Unsupported`] if the item's type of signature is not [`SignatureType::Arweave`].
///
/// ```
/// # use ao_data_item::{DataItem, Draft, Error, RsaVerifier, SignatureType, verify};
/// struct Distrustful;
///
/// impl RsaVerifier for Distrustful {
///     async fn verify_pss(&self, _modulus: &[u8], _message: &[u8], _signature: &[u8]) -> bool {
///         false
///     }
/// }
///
/// # let unsigned = Draft::default().for_owner(SignatureType::Arweave, &[1; 512])?;
/// # let item = unsigned.seal(&[2; 512])?;
/// # pollster::block_on(async {
/// assert_eq!(verify(&item, &Distrustful).await, Err(Error::SignatureInvalid { id: item.id() }));
/// # });
/// # Ok::<(), Error>(())
/// ```
pub async fn verify<V: RsaVerifier>(item: &DataItem, rsa: &V) -> Result<(), Error> {
    let valid = match item.signature_type() {
        SignatureType::Arweave => arweave::is_valid(item, rsa).await,
        signature_type @ (SignatureType::Ed25519
        | SignatureType::Ethereum
        | SignatureType::Solana
        | SignatureType::TypedEthereum) => return Err(Error::Unsupported { signature_type }),
    };
    if valid {
        Ok(())
    } else {
        Err(Error::SignatureInvalid { id: item.id() })
    }
}

/// RSA-PSS verification, which belongs to the platform: Web Crypto in a browser, a crate natively.
#[allow(
    async_fn_in_trait,
    reason = "a browser has one thread: futures need not be `Send`"
)]
pub trait RsaVerifier {
    /// Whether `signature` is that of `message` under the public key of `modulus` (big-endian) and the exponent 65537.
    ///
    /// The scheme is RSASSA-PSS with SHA-256, for the message and in MGF1. Arweave's wallets do not agree on the
    /// salt's length: 0 bytes, 32, and the most that the modulus has room for (478 of 4096 bits) must all be accepted.
    /// A key or a signature that makes no sense is `false`.
    async fn verify_pss(&self, modulus: &[u8], message: &[u8], signature: &[u8]) -> bool;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;

    /// Believes a signature that starts with the message and the modulus.
    struct Echo;

    impl RsaVerifier for Echo {
        async fn verify_pss(&self, modulus: &[u8], message: &[u8], signature: &[u8]) -> bool {
            signature.starts_with(&[message, &modulus[..8]].concat())
        }
    }

    #[test]
    fn arweave_signs_the_signing_hash_with_the_owner_as_modulus() {
        let unsigned = Draft::default()
            .for_owner(SignatureType::Arweave, &[7; 512])
            .unwrap();
        let mut signature = [0; 512];
        signature[..48].copy_from_slice(&unsigned.signing_hash());
        signature[48..56].copy_from_slice(&[7; 8]);

        let item = unsigned.clone().seal(&signature).unwrap();
        assert_eq!(pollster::block_on(verify(&item, &Echo)), Ok(()));

        signature[0] ^= 1;
        let item = unsigned.seal(&signature).unwrap();
        let error = Error::SignatureInvalid { id: item.id() };
        assert_eq!(pollster::block_on(verify(&item, &Echo)), Err(error));
    }

    #[test]
    fn types_that_cannot_be_verified_are_named() {
        let signature_type = SignatureType::Ed25519;
        let unsigned = Draft::default()
            .for_owner(signature_type, &[7; 32])
            .unwrap();
        let item = unsigned.seal(&[0; 64]).unwrap();
        let error = pollster::block_on(verify(&item, &Echo)).unwrap_err();
        assert_eq!(error, Error::Unsupported { signature_type });
        assert_eq!(
            error.to_string(),
            "a signature of type 2 (ed25519) cannot be verified: unsupported"
        );
    }
}
