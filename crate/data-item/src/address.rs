use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sha3::Keccak256;

use crate::{Error, Id, SignatureType, ethereum};

/// Whom a message comes from or goes to, as text: an owner's address or the id of a process.
///
/// A text that comes from elsewhere is kept as it is: nothing says that somebody has that address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Address(String);

impl Address {
    /// The address of the owner of a key: base64url of the key's SHA-256, but for Ethereum the account in
    /// hexadecimal, with the capitals of [EIP-55](https://eips.ethereum.org/EIPS/eip-55).
    ///
    /// An account has one address, whichever of the two types of Ethereum it signs with, and in whatever case an
    /// owner of [`SignatureType::TypedEthereum`] is written: what it made one way is its own the other way.
    ///
    /// # Errors
    ///
    /// [`Error::OwnerLength`], [`Error::OwnerNotUncompressed`] and [`Error::OwnerNotAddress`] if `owner` is no key
    /// of that type, as if it stood in an item.
    ///
    /// ```
    /// use ao_data_item::{Address, SignatureType};
    ///
    /// let address = Address::of(SignatureType::Ed25519, &[0; 32])?;
    /// assert_eq!(address.as_str(), "Zmh6rfhivXdsj8GLjp-OIAiXFIVu4jOzkCpZHQ1fKSU");
    /// # Ok::<(), ao_data_item::Error>(())
    /// ```
    pub fn of(signature_type: SignatureType, owner: &[u8]) -> Result<Address, Error> {
        signature_type.check_owner(owner, signature_type.owner_offset())?;
        Ok(Address::of_checked(signature_type, owner))
    }

    /// The same, of an owner that was checked when its item was parsed.
    pub(crate) fn of_checked(signature_type: SignatureType, owner: &[u8]) -> Address {
        Address(match signature_type {
            SignatureType::Arweave | SignatureType::Ed25519 | SignatureType::Solana => {
                URL_SAFE_NO_PAD.encode(Sha256::digest(owner))
            }
            SignatureType::Ethereum => eip_55(&ethereum::account_of(owner)),
            SignatureType::TypedEthereum => eip_55(&ethereum::account(owner)),
        })
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as the id that it spells, if it does: an Ethereum address does not.
    pub fn to_id(&self) -> Option<Id> {
        self.0.parse().ok()
    }
}

impl From<Id> for Address {
    fn from(id: Id) -> Address {
        Address(id.to_string())
    }
}

impl From<String> for Address {
    fn from(text: String) -> Address {
        Address(text)
    }
}

impl From<&str> for Address {
    fn from(text: &str) -> Address {
        Address(text.to_owned())
    }
}

impl From<Address> for String {
    fn from(address: Address) -> String {
        address.0
    }
}

impl AsRef<str> for Address {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// An account in hexadecimal, whose letters' case is a checksum: capital where the hash's digit is 8 or more.
fn eip_55(account: &[u8]) -> String {
    let lower: String = digits(account)
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect();
    let hash = Keccak256::digest(&lower);
    let checksummed = lower
        .chars()
        .zip(digits(&hash))
        .map(|(c, digit)| if digit < 8 { c } else { c.to_ascii_uppercase() });
    "0x".chars().chain(checksummed).collect()
}

fn digits(bytes: &[u8]) -> impl Iterator<Item = u8> {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ethereum_address_has_the_capitals_of_eip_55() {
        // The examples of EIP-55.
        for address in [
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        ] {
            let account: Vec<u8> = (2..42)
                .step_by(2)
                .map(|at| u8::from_str_radix(&address[at..at + 2], 16).unwrap())
                .collect();
            assert_eq!(eip_55(&account), address);
        }
    }

    #[test]
    fn an_address_of_typed_ethereum_is_its_owner_s_account_in_whatever_case() {
        for owner in [
            "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359",
            "0xFB6916095CA1DF60BB79CE92CE3EA74C37C5D359",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        ] {
            let address = Address::of(SignatureType::TypedEthereum, owner.as_bytes()).unwrap();
            assert_eq!(
                address.as_str(),
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
            );
            assert_eq!(address.to_id(), None);
        }
    }

    #[test]
    fn an_arweave_address_is_an_id() {
        let address = Address::of(SignatureType::Arweave, &[1; 512]).unwrap();
        assert_eq!(address.to_id(), Some(Id::of(&[1; 512])));
        assert_eq!(Address::from(Id::of(&[1; 512])), address);
    }

    #[test]
    fn json_holds_an_address_as_its_text() {
        let json = serde_json::to_string(&Address::from("ao")).unwrap();
        assert_eq!(json, "\"ao\"");
    }
}
