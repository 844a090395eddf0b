use std::fmt;

use crate::{Address, Chunk, Error, Id, SignatureType, Tag, deep_hash, layout::Layout};

/// A data item: its bytes, which never change, and where in them its fields stand.
///
/// That an item exists says that it is well-formed, not that its signature is right: see [`verify`](crate::verify()).
///
/// ```
/// use ao_data_item::{DataItem, Error};
///
/// let error = DataItem::parse([9, 0, 0, 0]).unwrap_err();
/// assert_eq!(error, Error::UnknownSignatureType { value: 9 });
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DataItem {
    bytes: Vec<u8>,
    layout: Layout,
    tags: Vec<Tag>,
}

impl DataItem {
    /// Reads an item, and checks all of it but the signature: every length, the tags and their [limits](crate::limits).
    ///
    /// # Errors
    ///
    /// Says what is malformed and at which byte.
    pub fn parse(bytes: impl Into<Vec<u8>>) -> Result<DataItem, Error> {
        let bytes = bytes.into();
        let (layout, tags) = Layout::read(&bytes)?;
        Ok(DataItem {
            bytes,
            layout,
            tags,
        })
    }

    /// The item's name: the SHA-256 of its signature.
    pub fn id(&self) -> Id {
        Id::of(self.signature())
    }

    /// Which kind of key signed it.
    pub fn signature_type(&self) -> SignatureType {
        self.layout.signature_type
    }

    /// The signature, as long as [`SignatureType::signature_length`] says.
    pub fn signature(&self) -> &[u8] {
        &self.bytes[Layout::SIGNATURE..self.layout.owner]
    }

    /// The owner's public key, as long as [`SignatureType::owner_length`] says.
    pub fn owner(&self) -> &[u8] {
        &self.bytes[self.layout.owner..][..self.signature_type().owner_length()]
    }

    /// The owner's address: see [`Address::of`].
    pub fn address(&self) -> Address {
        Address::of_checked(self.signature_type(), self.owner())
    }

    /// Whom the item is for: in ao, a process.
    pub fn target(&self) -> Option<Id> {
        self.array(self.layout.target).copied().map(Id)
    }

    /// 32 bytes of the owner's choice, to tell apart items that are otherwise alike.
    pub fn anchor(&self) -> Option<&[u8; 32]> {
        self.array(self.layout.anchor)
    }

    /// All tags, in their order.
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// The value of the first tag with exactly that name.
    pub fn tag(&self, name: &str) -> Option<&str> {
        self.tags
            .iter()
            .find(|tag| tag.name == name)
            .map(|tag| tag.value.as_str())
    }

    /// The data, which may be empty.
    pub fn data(&self) -> &[u8] {
        &self.bytes[self.layout.data..]
    }

    /// The whole item.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The whole item.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// What the owner signs: the [deep hash](deep_hash()) of all fields but the signature.
    ///
    /// This is the list that `arbundles` hashes and the network verifies. It has the type of signature,
    /// and the tags as they are encoded; the list in ANS-104 §2 has neither, and nobody signs it.
    /// Each kind of key wraps the hash in its own way before it signs.
    pub fn signing_hash(&self) -> [u8; 48] {
        let signature_type = self.signature_type().code().to_string();
        let chunks: [&[u8]; 8] = [
            b"dataitem",
            b"1",
            signature_type.as_bytes(),
            self.owner(),
            self.array(self.layout.target)
                .map_or(&[], <[u8; 32]>::as_slice),
            self.array(self.layout.anchor)
                .map_or(&[], <[u8; 32]>::as_slice),
            &self.bytes[self.layout.tags..self.layout.data],
            self.data(),
        ];
        deep_hash(Chunk::List(&chunks.map(Chunk::Blob)))
    }

    fn array(&self, at: Option<usize>) -> Option<&[u8; 32]> {
        at.and_then(|at| self.bytes[at..].first_chunk())
    }
}

impl fmt::Debug for DataItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DataItem")
            .field("id", &self.id())
            .field("signature_type", &self.signature_type())
            .field("address", &self.address())
            .field("target", &self.target())
            .field("tags", &self.tags)
            .field("data_length", &self.data().len())
            .finish_non_exhaustive()
    }
}

impl AsRef<[u8]> for DataItem {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl TryFrom<Vec<u8>> for DataItem {
    type Error = Error;

    fn try_from(bytes: Vec<u8>) -> Result<DataItem, Error> {
        DataItem::parse(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;

    /// An Ed25519 item: target at byte 98, anchor at 131, count of tags at 164, their length at 172, tags at 180.
    fn item() -> DataItem {
        Draft {
            target: Some(Id([1; 32])),
            anchor: Some([2; 32]),
            tags: vec![
                Tag::new("Action", "first"),
                Tag::new("Action", "second"),
                Tag::new("empty", ""),
            ],
            data: b"data".to_vec(),
        }
        .for_owner(SignatureType::Ed25519, &[3; 32])
        .unwrap()
        .seal(&[4; 64])
        .unwrap()
    }

    /// What is wrong with the item once it has `bytes` at `offset`.
    fn error_with(offset: usize, bytes: &[u8]) -> String {
        let mut all = item().into_bytes();
        all[offset..offset + bytes.len()].copy_from_slice(bytes);
        DataItem::parse(all).unwrap_err().to_string()
    }

    #[test]
    fn fields_are_found() {
        let item = item();
        assert_eq!(item.signature_type(), SignatureType::Ed25519);
        assert_eq!(item.signature(), [4; 64]);
        assert_eq!(item.owner(), [3; 32]);
        assert_eq!(item.address().to_id(), Some(Id::of(&[3; 32])));
        assert_eq!(item.target(), Some(Id([1; 32])));
        assert_eq!(item.anchor(), Some(&[2; 32]));
        assert_eq!(item.data(), b"data");
        assert_eq!(item.id(), Id::of(&[4; 64]));
    }

    #[test]
    fn a_tag_is_the_first_of_exactly_that_name() {
        let item = item();
        assert_eq!(item.tag("Action"), Some("first"));
        assert_eq!(item.tag("action"), None);
        assert_eq!(item.tag("empty"), Some(""));
    }

    #[test]
    fn an_item_cut_anywhere_before_its_data_is_refused() {
        let item = item();
        let data = item.as_bytes().len() - item.data().len();
        for end in 0..data {
            let error = DataItem::parse(&item.as_bytes()[..end]).unwrap_err();
            assert!(matches!(error, Error::Truncated { .. }), "{end}: {error}");
        }
        assert!(
            DataItem::parse(&item.as_bytes()[..data])
                .unwrap()
                .data()
                .is_empty()
        );
    }

    #[test]
    fn presence_is_0_or_1() {
        let cases = [
            (
                98,
                "the presence byte of the target at byte 98 is 9, neither 0 nor 1",
            ),
            (
                131,
                "the presence byte of the anchor at byte 131 is 9, neither 0 nor 1",
            ),
        ];
        for (offset, message) in cases {
            assert_eq!(error_with(offset, &[9]), message);
        }
    }

    #[test]
    fn counts_and_lengths_of_tags_are_checked_without_overflow() {
        let cases = [
            (164, 129, "129 tags at byte 164 are more than 128"),
            (
                164,
                u64::MAX,
                "18446744073709551615 tags at byte 164 are more than 128",
            ),
            (164, 2, "2 tags are declared at byte 164, but 3 are encoded"),
            (164, 4, "4 tags are declared at byte 164, but 3 are encoded"),
            (
                164,
                0,
                "36 bytes at byte 180 are left over after the last tag",
            ),
            (
                172,
                4097,
                "4097 bytes of tags at byte 172 are more than 4096",
            ),
            (
                172,
                u64::MAX,
                "18446744073709551615 bytes of tags at byte 172 are more than 4096",
            ),
            (
                172,
                41,
                "tags at byte 180: 41 bytes are needed, but 40 are left",
            ),
            (
                172,
                37,
                "1 bytes at byte 216 are left over after the last tag",
            ),
            (
                172,
                35,
                "count of tags at byte 215: 1 bytes are needed, but 0 are left",
            ),
        ];
        for (offset, number, message) in cases {
            assert_eq!(error_with(offset, &u64::to_le_bytes(number)), message);
        }
    }

    #[test]
    fn every_field_but_the_signature_is_signed() {
        let item = item();
        let hash = item.signing_hash();
        for at in 0..item.as_bytes().len() {
            let mut bytes = item.as_bytes().to_vec();
            bytes[at] ^= 1;
            if let Ok(changed) = DataItem::parse(bytes) {
                assert_eq!(
                    changed.signing_hash() == hash,
                    (2..66).contains(&at),
                    "byte {at}"
                );
            }
        }
    }

    #[test]
    fn debug_names_the_item_and_spares_the_bytes() {
        let text = format!("{:?}", item());
        assert!(text.contains(&item().id().to_string()), "{text}");
        assert!(text.contains("data_length: 4"), "{text}");
    }
}
