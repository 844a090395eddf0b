use ed25519_dalek::{Signature, VerifyingKey};

/// Types 2 and 4: Ed25519 (RFC 8032 §5.1.7).
///
/// A key or an `R` of small order is refused, under which one signature would do for many messages.
pub(super) fn is_valid(owner: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let (Ok(owner), Ok(signature)) = (owner.try_into(), Signature::from_slice(signature)) else {
        return false;
    };
    VerifyingKey::from_bytes(owner).is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
}
