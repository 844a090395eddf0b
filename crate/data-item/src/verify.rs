mod ed25519;
#[cfg(feature = "rsa")]
mod native_rsa;

#[cfg(feature = "rsa")]
pub use native_rsa::NativeRsa;

use crate::{DataItem, Error, SignatureType, ethereum};

/// Checks that the owner's key signed this item, every byte of it.
///
/// The arithmetic of RSA is left to `verifier`: it belongs to the platform (Web Crypto in a browser),
/// and `NativeRsa` of the feature `rsa` stands in where there is none.
///
/// What `arbundles` signs verifies here. Of a signature that could be spelt in several ways, and so give one
/// message several ids, one spelling alone is accepted: see [`ethereum`].
///
/// # Errors
///
/// [`Error::SignatureInvalid`] if it did not;
/// [`Error::VerifierUnavailable`] if the platform cannot tell.
///
/// ```
/// # use ao_data_item::{DataItem, Draft, Error, Verifier, SignatureType, verify};
/// struct Distrustful;
///
/// impl Verifier for Distrustful {
///     async fn verify_pss(&self, _modulus: &[u8], _message: &[u8], _signature: &[u8]) -> Result<bool, Error> {
///         Ok(false)
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
pub async fn verify<V: Verifier>(item: &DataItem, verifier: &V) -> Result<(), Error> {
    let (owner, message, signature) = (item.owner(), item.message(), item.signature());
    let valid = match item.signature_type() {
        SignatureType::Arweave => verifier.verify_pss(owner, &message, signature).await?,
        SignatureType::Ed25519 | SignatureType::Solana => {
            ed25519::is_valid(owner, &message, signature)
        }
        signature_type @ (SignatureType::Ethereum | SignatureType::TypedEthereum) => {
            ethereum::is_valid(signature_type, owner, &message, signature, verifier).await?
        }
    };
    if valid {
        Ok(())
    } else {
        Err(Error::SignatureInvalid { id: item.id() })
    }
}

/// What verifying leaves to where it runs: RSA-PSS, which belongs to the platform (Web Crypto in a browser, a crate
/// natively), and the curve of Ethereum, whose code a page need not load before it is asked for.
#[allow(
    async_fn_in_trait,
    reason = "a browser has one thread: futures need not be `Send`"
)]
pub trait Verifier {
    /// Whether `signature` is that of `message` under the public key of `modulus` (big-endian) and the exponent 65537.
    ///
    /// The scheme is RSASSA-PSS with SHA-256, for the message and in MGF1. Arweave's wallets do not agree on the
    /// salt's length: 0 bytes, 32, and the most that the modulus has room for (478 of 4096 bits) must all be accepted.
    /// A key or a signature that makes no sense is `false`, and so is a signature that is not below the modulus: it
    /// would be a second spelling of another.
    ///
    /// # Errors
    ///
    /// [`Error::VerifierUnavailable`] if the platform cannot verify at all.
    async fn verify_pss(
        &self,
        modulus: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, Error>;

    /// The public key of secp256k1, uncompressed, that made `signature` of `hash`, if the signature is one, in its one
    /// spelling. It answers what `ethereum::recover` of the feature `secp256k1` does, and with that feature it need
    /// not be written.
    ///
    /// # Errors
    ///
    /// [`Error::VerifierUnavailable`] if the platform cannot recover keys, as this one without the feature.
    async fn recover_key(
        &self,
        hash: &[u8; 32],
        signature: &[u8; 65],
    ) -> Result<Option<[u8; 65]>, Error> {
        ethereum::recover_here(hash, signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, Unsigned};

    /// Believes a signature that starts with the message and the modulus.
    struct Echo;

    impl Verifier for Echo {
        async fn verify_pss(
            &self,
            modulus: &[u8],
            message: &[u8],
            signature: &[u8],
        ) -> Result<bool, Error> {
            Ok(signature.starts_with(&[message, &modulus[..8]].concat()))
        }
    }

    /// A platform without cryptography.
    struct Nothing;

    impl Verifier for Nothing {
        async fn verify_pss(&self, _: &[u8], _: &[u8], _: &[u8]) -> Result<bool, Error> {
            Err(Error::VerifierUnavailable {
                kind: "type 1 (arweave)",
                reason: "there is no Web Crypto".to_owned(),
            })
        }
    }

    fn unsigned(signature_type: SignatureType, owner: &[u8]) -> Unsigned {
        Draft::default().for_owner(signature_type, owner).unwrap()
    }

    #[test]
    fn arweave_signs_the_signing_hash_with_the_owner_as_modulus() {
        let unsigned = unsigned(SignatureType::Arweave, &[7; 512]);
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
    fn a_platform_that_cannot_verify_is_not_taken_for_a_bad_signature() {
        let item = unsigned(SignatureType::Arweave, &[7; 512])
            .seal(&[0; 512])
            .unwrap();
        let error = pollster::block_on(verify(&item, &Nothing)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "signatures of type 1 (arweave) cannot be verified here: there is no Web Crypto"
        );
    }

    #[test]
    fn only_arweave_needs_the_platform() {
        let item = unsigned(SignatureType::Ed25519, &[7; 32])
            .seal(&[0; 64])
            .unwrap();
        let error = Error::SignatureInvalid { id: item.id() };
        assert_eq!(pollster::block_on(verify(&item, &Nothing)), Err(error));
    }

    #[test]
    fn a_key_that_would_sign_anything_signs_nothing() {
        // The neutral element as key and as `R`, and 0: this satisfies the equation for every message.
        let mut neutral = [0; 32];
        neutral[0] = 1;
        let signature = [neutral, [0; 32]].concat();
        for signature_type in [SignatureType::Ed25519, SignatureType::Solana] {
            let item = unsigned(signature_type, &neutral).seal(&signature).unwrap();
            let error = Error::SignatureInvalid { id: item.id() };
            assert_eq!(pollster::block_on(verify(&item, &Nothing)), Err(error));
        }
    }
}
