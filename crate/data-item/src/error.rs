use crate::{
    Id, SignatureType,
    limits::{MAX_TAG_BYTES, MAX_TAGS},
};

/// Why bytes are not a data item, a draft cannot become one, or an item is not to be trusted.
///
/// Offsets count bytes from the start of the item; a draft's, from the start of the item that it would have become.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes end before a field does.
    #[error("{field} at byte {offset}: {needed} bytes are needed, but {available} are left")]
    Truncated {
        /// What was being read.
        field: &'static str,
        /// Where it starts.
        offset: usize,
        /// How many bytes it takes.
        needed: u64,
        /// How many bytes there are.
        available: usize,
    },

    /// The first two bytes name no signature type that this crate knows.
    #[error("signature type {value} at byte 0 is unknown")]
    UnknownSignatureType {
        /// The number that stands there.
        value: u16,
    },

    /// The type of signature is known, but this crate cannot verify it.
    #[error("a signature of {signature_type} cannot be verified: unsupported")]
    Unsupported {
        /// The item's type of signature.
        signature_type: SignatureType,
    },

    /// The byte that tells whether a target or an anchor follows is neither 0 nor 1.
    #[error("the presence byte of the {field} at byte {offset} is {value}, neither 0 nor 1")]
    PresenceByte {
        /// `target` or `anchor`.
        field: &'static str,
        /// Where the byte stands.
        offset: usize,
        /// The byte.
        value: u8,
    },

    /// The tags are more than [`MAX_TAGS`].
    #[error("{count} tags at byte {offset} are more than {MAX_TAGS}")]
    TooManyTags {
        /// How many tags the item says it has.
        count: u64,
        /// Where it says so.
        offset: usize,
    },

    /// The encoded tags are longer than [`MAX_TAG_BYTES`].
    #[error("{length} bytes of tags at byte {offset} are more than {MAX_TAG_BYTES}")]
    TooManyTagBytes {
        /// How many bytes of tags the item says it has.
        length: u64,
        /// Where it says so.
        offset: usize,
    },

    /// The item declares one number of tags and holds another.
    #[error("{declared} tags are declared at byte {offset}, but {found} are encoded")]
    TagCount {
        /// How many tags the item says it has.
        declared: u64,
        /// How many were found.
        found: u64,
        /// Where the number is declared.
        offset: usize,
    },

    /// Bytes remain after the last tag, within the length that the tags declare.
    #[error("{length} bytes at byte {offset} are left over after the last tag")]
    TrailingTagBytes {
        /// How many bytes are left.
        length: usize,
        /// Where they start.
        offset: usize,
    },

    /// A variable-length number of the encoded tags does not fit 64 bits.
    #[error("the number at byte {offset} does not fit 64 bits")]
    NumberOverflow {
        /// Where the number starts.
        offset: usize,
    },

    /// A length of the encoded tags is below zero.
    #[error("the length of the {field} at byte {offset} is {length}, below zero")]
    NegativeLength {
        /// What has that length.
        field: &'static str,
        /// Where the length stands.
        offset: usize,
        /// The length.
        length: i64,
    },

    /// A block of tags is not as long as it says.
    #[error("the block of tags at byte {offset} declares {declared} bytes, but has {found}")]
    BlockSize {
        /// Where the block's first tag stands.
        offset: usize,
        /// How many bytes the block says it has.
        declared: u64,
        /// How many bytes its tags take.
        found: u64,
    },

    /// A tag's name or value is not UTF-8.
    #[error("the {field} at byte {offset}, of tag {index}, is not UTF-8")]
    TagNotText {
        /// `tag name` or `tag value`.
        field: &'static str,
        /// Which tag, from 0.
        index: usize,
        /// Where the first byte that is not UTF-8 stands.
        offset: usize,
    },

    /// A tag has no name.
    #[error("the name of tag {index} at byte {offset} is empty")]
    EmptyTagName {
        /// Which tag, from 0.
        index: usize,
        /// Where its name stands.
        offset: usize,
    },

    /// A public key does not have the length that its type of signature demands.
    #[error("an owner of {signature_type} has {expected} bytes, not {found}")]
    OwnerLength {
        /// The type of signature.
        signature_type: SignatureType,
        /// The length that it demands, in bytes.
        expected: usize,
        /// The length of the key that was given, in bytes.
        found: usize,
    },

    /// The owner should be an Ethereum address in ASCII, and is not.
    #[error("the owner `{owner}` is not an ethereum address")]
    OwnerNotAddress {
        /// The owner, escaped.
        owner: String,
    },

    /// A signature does not have the length that its type demands.
    #[error("a signature of {signature_type} has {expected} bytes, not {found}")]
    SignatureLength {
        /// The type of signature.
        signature_type: SignatureType,
        /// The length that it demands, in bytes.
        expected: usize,
        /// The length of the signature that was given, in bytes.
        found: usize,
    },

    /// The signature was not made by the owner's key over this item.
    #[error("the signature of data item {id} is invalid")]
    SignatureInvalid {
        /// The item.
        id: Id,
    },

    /// A text is not an id.
    #[error("`{text}` is not an id: 43 characters of unpadded base64url are")]
    InvalidId {
        /// The text.
        text: String,
    },
}
