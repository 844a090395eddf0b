use std::fmt;

use crate::{Error, layout::Layout};

/// Which kind of key signed an item. It fixes how long signature and owner are, and what is signed.
///
/// The numbers and lengths are those of `arbundles`. Aptos (5 and 6) and Kyve (101) are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u16)]
#[non_exhaustive]
pub enum SignatureType {
    /// RSA-PSS with SHA-256, a modulus of 4096 bits and the exponent 65537. The owner is the modulus.
    Arweave = 1,
    /// Ed25519.
    Ed25519 = 2,
    /// ECDSA over secp256k1, of an EIP-191 personal message. The owner is the uncompressed key, whose first byte is 4.
    Ethereum = 3,
    /// Ed25519, of the hash in hexadecimal.
    Solana = 4,
    /// ECDSA over secp256k1, of EIP-712 typed data. The owner is an Ethereum address in ASCII.
    TypedEthereum = 7,
}

impl SignatureType {
    /// Every type that this crate knows.
    pub const ALL: [SignatureType; 5] = [
        SignatureType::Arweave,
        SignatureType::Ed25519,
        SignatureType::Ethereum,
        SignatureType::Solana,
        SignatureType::TypedEthereum,
    ];

    /// The number that stands for this type in an item.
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// The type that a number stands for.
    pub(crate) fn of_code(value: u16) -> Option<SignatureType> {
        SignatureType::ALL
            .into_iter()
            .find(|signature_type| signature_type.code() == value)
    }

    /// Where the owner starts in an item: after the type and the signature.
    pub(crate) const fn owner_offset(self) -> usize {
        Layout::SIGNATURE + self.signature_length()
    }

    /// How long a signature is, in bytes.
    pub const fn signature_length(self) -> usize {
        match self {
            SignatureType::Arweave => 512,
            SignatureType::Ed25519 | SignatureType::Solana => 64,
            SignatureType::Ethereum | SignatureType::TypedEthereum => 65,
        }
    }

    /// How long an owner is, in bytes.
    pub const fn owner_length(self) -> usize {
        match self {
            SignatureType::Arweave => 512,
            SignatureType::Ed25519 | SignatureType::Solana => 32,
            SignatureType::Ethereum => 65,
            SignatureType::TypedEthereum => 42,
        }
    }

    /// Whether `owner`, which stands at `offset`, can be an owner under this type.
    pub(crate) fn check_owner(self, owner: &[u8], offset: usize) -> Result<(), Error> {
        if owner.len() != self.owner_length() {
            return Err(Error::OwnerLength {
                signature_type: self,
                expected: self.owner_length(),
                found: owner.len(),
            });
        }
        match self {
            SignatureType::Ethereum if owner[0] != UNCOMPRESSED => {
                Err(Error::OwnerNotUncompressed {
                    offset,
                    found: owner[0],
                })
            }
            SignatureType::TypedEthereum if !is_ethereum_address(owner) => {
                Err(Error::OwnerNotAddress {
                    offset,
                    owner: owner.escape_ascii().to_string(),
                })
            }
            _ => Ok(()),
        }
    }
}

impl TryFrom<u16> for SignatureType {
    type Error = Error;

    /// # Errors
    ///
    /// [`Error::UnknownSignatureType`], as if the number stood at the start of an item.
    fn try_from(value: u16) -> Result<SignatureType, Error> {
        SignatureType::of_code(value).ok_or(Error::UnknownSignatureType { value, offset: 0 })
    }
}

impl fmt::Display for SignatureType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            SignatureType::Arweave => "arweave",
            SignatureType::Ed25519 => "ed25519",
            SignatureType::Ethereum => "ethereum",
            SignatureType::Solana => "solana",
            SignatureType::TypedEthereum => "typed ethereum",
        };
        write!(f, "type {} ({name})", self.code())
    }
}

/// The first byte of an uncompressed key (SEC 1 §2.3.3), the only form that any wallet gives.
const UNCOMPRESSED: u8 = 4;

fn is_ethereum_address(text: &[u8]) -> bool {
    text.strip_prefix(b"0x")
        .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_found_by_its_number_and_no_other_number_is() {
        for value in 0..=u16::MAX {
            match SignatureType::try_from(value) {
                Ok(signature_type) => assert_eq!(signature_type.code(), value),
                Err(error) => assert_eq!(error, Error::UnknownSignatureType { value, offset: 0 }),
            }
        }
        let codes = SignatureType::ALL.map(SignatureType::code);
        assert_eq!(codes, [1, 2, 3, 4, 7]);
    }

    #[test]
    fn an_owner_of_the_wrong_length_is_refused() {
        for signature_type in SignatureType::ALL {
            let error = signature_type.check_owner(&[0; 31], 0).unwrap_err();
            assert!(
                matches!(error, Error::OwnerLength { found: 31, .. }),
                "{error}"
            );
        }
    }

    #[test]
    fn an_owner_of_ethereum_is_an_uncompressed_key() {
        let check = |first: u8| SignatureType::Ethereum.check_owner(&[first; 65], 67);
        assert_eq!(check(4), Ok(()));
        // 6 and 7 are the hybrid form: the same key in another spelling, and so a second owner of one address.
        for found in [0, 2, 3, 5, 6, 7, 255] {
            let offset = 67;
            assert_eq!(
                check(found),
                Err(Error::OwnerNotUncompressed { offset, found })
            );
        }
    }

    #[test]
    fn an_owner_of_typed_ethereum_is_an_address_in_ascii() {
        let check = |owner: &str| SignatureType::TypedEthereum.check_owner(owner.as_bytes(), 67);
        assert_eq!(check("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"), Ok(()));
        for owner in [
            "005aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe\n",
        ] {
            let error = check(owner).unwrap_err();
            assert!(matches!(error, Error::OwnerNotAddress { .. }), "{error}");
        }
    }
}
