use std::{fmt, sync::OnceLock};

use crate::{
    Address, Chunk, Error, Id, SignatureType, Tag,
    deep_hash::{extended, list_of},
    layout::Layout,
    message::message,
};

/// A data item: its bytes, which never change, and where in them its fields stand.
///
/// That an item exists says that it is well-formed, not that its signature is right: see [`verify`](crate::verify()).
///
/// ```
/// use ao_data_item::{DataItem, Error};
///
/// let error = DataItem::parse([9, 0, 0, 0]).unwrap_err();
/// assert_eq!(error, Error::UnknownSignatureType { value: 9, offset: 0 });
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
        DataItem::parse_at(bytes.into(), 0)
    }

    /// The same, of an item that starts at `origin` in a bundle: errors count from the bundle's start.
    pub(crate) fn parse_at(bytes: Vec<u8>, origin: usize) -> Result<DataItem, Error> {
        let (layout, tags) = Layout::read(&bytes, origin)?;
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

    /// All tags, in their order. A name may stand there more than once: `arbundles` writes and verifies that,
    /// `aoconnect` does it itself, and only the reader knows which of them counts.
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// The value of the first tag with exactly that name. Others of the same name may follow: see
    /// [`tags`](DataItem::tags).
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

    /// What the owner signs: the [deep hash](crate::deep_hash()) of all fields but the signature.
    ///
    /// This is the list that `arbundles` hashes and the network verifies. It has the type of signature,
    /// and the tags as they are encoded; the list in ANS-104 §2 has neither, and nobody signs it.
    /// Each kind of key wraps the hash in its own way before it signs: see [`message`](DataItem::message).
    pub fn signing_hash(&self) -> [u8; 48] {
        let chunks: [&[u8]; 5] = [
            self.owner(),
            self.array(self.layout.target)
                .map_or(&[], <[u8; 32]>::as_slice),
            self.array(self.layout.anchor)
                .map_or(&[], <[u8; 32]>::as_slice),
            &self.bytes[self.layout.tags..self.layout.data],
            self.data(),
        ];
        extended(list_start(self.signature_type()), &chunks.map(Chunk::Blob))
    }

    /// What the key's algorithm is given to sign, which the type of signature makes of the
    /// [`signing_hash`](DataItem::signing_hash):
    ///
    /// | type | message |
    /// |---|---|
    /// | [`Arweave`](SignatureType::Arweave), [`Ed25519`](SignatureType::Ed25519) | the hash as it is, 48 bytes |
    /// | [`Solana`](SignatureType::Solana) | the hash as 96 hexadecimal digits in lower case |
    /// | [`Ethereum`](SignatureType::Ethereum) | 32 bytes: the Keccak-256 of the hash as a personal message ([EIP-191]) |
    /// | [`TypedEthereum`](SignatureType::TypedEthereum) | 32 bytes: the Keccak-256 of the hash as typed data ([EIP-712]) |
    ///
    /// A wallet of Ethereum hashes by itself: it is given the `signing_hash` (`personal_sign`), or the typed
    /// data of [`ethereum::typed_data_hash`](crate::ethereum::typed_data_hash).
    ///
    /// [EIP-191]: https://eips.ethereum.org/EIPS/eip-191
    /// [EIP-712]: https://eips.ethereum.org/EIPS/eip-712
    pub fn message(&self) -> Vec<u8> {
        message(self.signature_type(), self.owner(), &self.signing_hash())
    }

    fn array(&self, at: Option<usize>) -> Option<&[u8; 32]> {
        at.and_then(|at| self.bytes[at..].first_chunk())
    }
}

/// The hash of what comes first in the list of every item of a type. It is a third of the work for a small item,
/// and so it is done once.
fn list_start(signature_type: SignatureType) -> [u8; 48] {
    static STARTS: [OnceLock<[u8; 48]>; SignatureType::ALL.len()] =
        [const { OnceLock::new() }; SignatureType::ALL.len()];
    let compute = || {
        let code = signature_type.code().to_string();
        let chunks: [&[u8]; 3] = [b"dataitem", b"1", code.as_bytes()];
        extended(list_of(8), &chunks.map(Chunk::Blob))
    };
    let types = SignatureType::ALL.iter().zip(&STARTS);
    let mut starts = types.filter(|(known, _)| **known == signature_type);
    starts
        .next()
        .map_or_else(compute, |(_, start)| *start.get_or_init(compute))
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
mod tests;
