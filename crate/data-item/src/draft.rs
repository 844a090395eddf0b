use std::fmt;

use crate::{Address, DataItem, Error, Id, SignatureType, Tag, avro, ethereum, layout::Layout};

/// An item to be made: all that its author chooses.
///
/// [`for_owner`](Draft::for_owner) lays it out for the key that will sign it,
/// whoever holds the key signs [`Unsigned::signing_hash`], and [`Unsigned::seal`] makes the item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Whom it is for.
    pub target: Option<Id>,
    /// 32 bytes of the author's choice, to tell apart items that are otherwise alike.
    pub anchor: Option<[u8; 32]>,
    /// The tags, in their order, within the [limits](crate::limits).
    pub tags: Vec<Tag>,
    /// The data.
    pub data: Vec<u8>,
}

impl Draft {
    /// Lays the item out for the key that will sign it. `owner` is the public key, as in [`DataItem::owner`].
    ///
    /// # Errors
    ///
    /// [`Error::OwnerLength`], [`Error::OwnerNotUncompressed`] and [`Error::OwnerNotAddress`] if `owner` is no
    /// key of that type, and what [`DataItem::parse`] would say of tags beyond the [limits](crate::limits).
    pub fn for_owner(self, signature_type: SignatureType, owner: &[u8]) -> Result<Unsigned, Error> {
        signature_type.check_owner(owner, signature_type.owner_offset())?;
        // Parsing what was written holds both directions to the same rules.
        DataItem::parse(self.encode(signature_type, owner)).map(Unsigned)
    }

    /// The item's bytes, with zeros for a signature.
    fn encode(&self, signature_type: SignatureType, owner: &[u8]) -> Vec<u8> {
        let mut tags = Vec::new();
        avro::encode(&self.tags, &mut tags);

        let n_fixed =
            Layout::SIGNATURE + signature_type.signature_length() + owner.len() + 2 * 33 + 2 * 8;
        let mut bytes = Vec::with_capacity(n_fixed + tags.len() + self.data.len());
        bytes.extend(signature_type.code().to_le_bytes());
        bytes.resize(Layout::SIGNATURE + signature_type.signature_length(), 0);
        bytes.extend_from_slice(owner);
        for field in [self.target.map(|Id(bytes)| bytes), self.anchor] {
            bytes.push(field.is_some().into());
            bytes.extend(field.iter().flatten());
        }
        bytes.extend((self.tags.len() as u64).to_le_bytes());
        bytes.extend((tags.len() as u64).to_le_bytes());
        bytes.extend(tags);
        bytes.extend_from_slice(&self.data);
        bytes
    }
}

/// An item that lacks only its signature.
#[derive(Clone, PartialEq, Eq)]
pub struct Unsigned(DataItem);

impl Unsigned {
    /// What is to be signed: see [`DataItem::signing_hash`].
    pub fn signing_hash(&self) -> [u8; 48] {
        self.0.signing_hash()
    }

    /// Which kind of key is to sign.
    pub fn signature_type(&self) -> SignatureType {
        self.0.signature_type()
    }

    /// The address of the key that is to sign.
    pub fn address(&self) -> Address {
        self.0.address()
    }

    /// What the key's algorithm is given to sign: see [`DataItem::message`].
    pub fn message(&self) -> Vec<u8> {
        self.0.message()
    }

    /// Puts the signature in its place. Whether it is right is for [`verify`](crate::verify()) to say.
    ///
    /// The last byte of an Ethereum signature, which some wallets leave at 0 or 1, is written as 27 or 28:
    /// no other spelling verifies.
    ///
    /// # Errors
    ///
    /// [`Error::SignatureLength`].
    pub fn seal(self, signature: &[u8]) -> Result<DataItem, Error> {
        let signature_type = self.signature_type();
        let expected = signature_type.signature_length();
        if signature.len() != expected {
            return Err(Error::SignatureLength {
                signature_type,
                expected,
                found: signature.len(),
            });
        }
        let mut bytes = self.0.into_bytes();
        let place = &mut bytes[Layout::SIGNATURE..][..expected];
        place.copy_from_slice(signature);
        if let SignatureType::Ethereum | SignatureType::TypedEthereum = signature_type {
            ethereum::normalise(place);
        }
        DataItem::parse(bytes)
    }
}

impl fmt::Debug for Unsigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unsigned")
            .field("signature_type", &self.signature_type())
            .field("address", &self.address())
            .field("target", &self.0.target())
            .field("tags", &self.0.tags())
            .field("data_length", &self.0.data().len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::{MAX_TAG_BYTES, MAX_TAGS};

    fn unsigned(tags: Vec<Tag>) -> Result<Unsigned, Error> {
        Draft {
            tags,
            ..Draft::default()
        }
        .for_owner(SignatureType::Solana, &[0; 32])
    }

    #[test]
    fn an_empty_draft_is_the_least_item() {
        let item = unsigned(Vec::new()).unwrap().seal(&[1; 64]).unwrap();
        assert_eq!(
            item.as_bytes(),
            [&[4, 0], &[1; 64][..], &[0; 32], &[0, 0], &[0; 16]].concat()
        );
    }

    #[test]
    fn the_signature_is_no_part_of_what_is_signed() {
        let unsigned = unsigned(Vec::new()).unwrap();
        let hash = unsigned.signing_hash();
        assert_eq!(unsigned.seal(&[1; 64]).unwrap().signing_hash(), hash);
    }

    #[test]
    fn the_greatest_number_of_tags_is_allowed_and_one_more_is_not() {
        let mut tags = vec![Tag::new("n", "v"); MAX_TAGS];
        assert!(unsigned(tags.clone()).is_ok());
        tags.push(Tag::new("n", "v"));
        assert_eq!(
            unsigned(tags),
            Err(Error::TooManyTags {
                count: 129,
                offset: 100
            })
        );
    }

    #[test]
    fn the_greatest_length_of_tags_is_allowed_and_one_more_byte_is_not() {
        // A count, two lengths (one of two bytes) and an end, beside name and value.
        let longest = MAX_TAG_BYTES - 1 - 1 - 1 - 2 - 1;
        assert!(unsigned(vec![Tag::new("n", "v".repeat(longest))]).is_ok());
        let error = unsigned(vec![Tag::new("n", "v".repeat(longest + 1))]).unwrap_err();
        assert_eq!(
            error,
            Error::TooManyTagBytes {
                length: 4097,
                offset: 108
            }
        );
    }

    #[test]
    fn a_tag_has_a_name_but_needs_no_value() {
        assert!(unsigned(vec![Tag::new("n", "")]).is_ok());
        let error = unsigned(vec![Tag::new("n", "v"), Tag::new("", "v")]).unwrap_err();
        assert_eq!(
            error,
            Error::EmptyTagName {
                index: 1,
                offset: 121
            }
        );
    }

    #[test]
    fn the_last_byte_of_an_ethereum_signature_is_27_or_28() {
        let mut owner = [0; 65];
        owner[0] = 4;
        for (given, written) in [(0, 27), (1, 28), (27, 27), (28, 28), (2, 2), (29, 29)] {
            let unsigned = Draft::default()
                .for_owner(SignatureType::Ethereum, &owner)
                .unwrap();
            let item = unsigned.seal(&[given; 65]).unwrap();
            assert_eq!(item.signature()[64], written);
            assert_eq!(item.signature()[..64], [given; 64]);
        }
    }

    #[test]
    fn owners_and_signatures_have_the_length_of_their_type() {
        for signature_type in SignatureType::ALL {
            let (expected, found) = (signature_type.owner_length(), 7);
            let error = Draft::default()
                .for_owner(signature_type, &[0; 7])
                .unwrap_err();
            assert_eq!(
                error,
                Error::OwnerLength {
                    signature_type,
                    expected,
                    found
                }
            );
        }
        let error = unsigned(Vec::new()).unwrap().seal(&[0; 65]).unwrap_err();
        let signature_type = SignatureType::Solana;
        assert_eq!(
            error,
            Error::SignatureLength {
                signature_type,
                expected: 64,
                found: 65
            }
        );
    }
}
