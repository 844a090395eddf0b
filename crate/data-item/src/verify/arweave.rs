use super::RsaVerifier;
use crate::DataItem;

/// Type 1: RSA-PSS of the signing hash, as it is. The owner is the modulus.
pub(super) async fn is_valid<V: RsaVerifier>(item: &DataItem, rsa: &V) -> bool {
    rsa.verify_pss(item.owner(), &item.signing_hash(), item.signature())
        .await
}
