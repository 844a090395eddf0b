use rsa::{
    BigUint, Pss, RsaPublicKey,
    sha2::{Digest as _, Sha256},
    traits::PublicKeyParts as _,
};

use super::Verifier;
use crate::Error;

/// RSA-PSS by the crate `rsa`, for where there is no Web Crypto. It verifies only, and knows no private key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NativeRsa;

impl Verifier for NativeRsa {
    async fn verify_pss(
        &self,
        modulus: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, Error> {
        let Ok(key) = RsaPublicKey::new(BigUint::from_bytes_be(modulus), EXPONENT.into()) else {
            return Ok(false);
        };
        // RFC 8017 §5.2.2: not below the modulus, it is another spelling of a signature, and would give an item a
        // second id. The crate `rsa` reduces it instead; Web Crypto refuses it.
        if BigUint::from_bytes_be(signature) >= *key.n() {
            return Ok(false);
        }
        let hash = Sha256::digest(message);
        Ok(salt_lengths(modulus.len()).any(|length| {
            key.verify(Pss::new_with_salt::<Sha256>(length), &hash, signature)
                .is_ok()
        }))
    }
}

/// The exponent of every Arweave key.
const EXPONENT: u32 = 65537;

/// None, that of the hash, and the most that there is room for beside the hash and two bytes (RFC 8017 §9.1.1).
fn salt_lengths(modulus_length: usize) -> impl Iterator<Item = usize> {
    let hash_length = Sha256::output_size();
    let greatest = modulus_length.checked_sub(hash_length + 2);
    [0, hash_length].into_iter().chain(greatest)
}
