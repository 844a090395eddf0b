use k256::ecdsa::{RecoveryId, Signature, VerifyingKey};

use super::FIRST_KEY;

/// The key, uncompressed, that made a signature of a hash, if the signature is in its one spelling: see
/// [`ethereum`](crate::ethereum).
///
/// Of the crate's feature `secp256k1`.
pub fn recover(hash: &[u8; 32], signature: &[u8; 65]) -> Option<[u8; 65]> {
    let (&last, scalars) = signature.split_last()?;
    let which = last.checked_sub(FIRST_KEY).filter(|&which| which < 2)?;
    let scalars = Signature::from_slice(scalars).ok()?;
    if scalars.normalize_s() != scalars {
        return None; // Recovery alone would take the greater `s` as well.
    }
    let key = VerifyingKey::recover_from_prehash(hash, &scalars, RecoveryId::from_byte(which)?);
    key.ok()?.to_sec1_point(false).as_bytes().try_into().ok()
}
