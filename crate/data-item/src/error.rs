use crate::{
    Id, SignatureType,
    limits::{MAX_TAG_BYTES, MAX_TAGS},
};

/// Why bytes are not a data item, a draft cannot become one, or an item is not to be trusted.
///
/// Offsets count bytes from the start of what was parsed, an item or a bundle; a draft's, from the start of
/// the item that it would have become.
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
    #[error("signature type {value} at byte {offset} is unknown")]
    UnknownSignatureType {
        /// The number that stands there.
        value: u16,
        /// Where it stands: at the item's start.
        offset: usize,
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

    /// The item declares no tags, and yet bytes of tags.
    #[error("0 tags are declared, but {length} bytes of tags follow at byte {offset}")]
    TagBytesWithoutTags {
        /// How many bytes of tags the item says it has.
        length: usize,
        /// Where they start.
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

    /// A number of the encoded tags, or of a bundle's header, does not fit 64 bits.
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

    /// The owner should be an uncompressed key of Ethereum, and does not start with 4 as such a key does.
    #[error(
        "the owner at byte {offset} is not an uncompressed ethereum key: it starts with {found}, not 4"
    )]
    OwnerNotUncompressed {
        /// Where the owner starts.
        offset: usize,
        /// Its first byte.
        found: u8,
    },

    /// The owner should be an Ethereum address in ASCII, and is not.
    #[error(
        "the owner at byte {offset} is not an ethereum address: it is `{owner}`, not 0x and 40 hexadecimal digits"
    )]
    OwnerNotAddress {
        /// Where the owner starts.
        offset: usize,
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

    /// The platform has no means to verify a signature, which may be right or not.
    ///
    /// A browser, for one, has Web Crypto on pages of HTTPS and of localhost only.
    #[error("signatures of {kind} cannot be verified here: {reason}")]
    VerifierUnavailable {
        /// The signatures that it cannot verify: `type 1 (arweave)` or `types 3 and 7 (ethereum)`.
        kind: &'static str,
        /// What is missing.
        reason: String,
    },

    /// No key can have made the signature, or not in this spelling: see [`ethereum`](crate::ethereum).
    #[error(
        "no key can be recovered from the ethereum signature, which ends with the byte {recovery_byte}"
    )]
    KeyNotRecovered {
        /// The signature's last byte: 27 or 28 (or 0 or 1) if the signature is one at all.
        recovery_byte: u8,
    },

    /// A size in the header of a bundle exceeds what is left of the bundle.
    #[error(
        "item {index} of the bundle declares {size} bytes at byte {offset}, but {available} are left"
    )]
    BundleItemSize {
        /// Which item, from 0.
        index: usize,
        /// Where its size is declared.
        offset: usize,
        /// The size, in bytes.
        size: u64,
        /// How many bytes there are after the items before.
        available: usize,
    },

    /// Bytes remain after the last item of a bundle.
    #[error("{length} bytes at byte {offset} are left over after the last item of the bundle")]
    TrailingBundleBytes {
        /// How many bytes are left.
        length: usize,
        /// Where they start.
        offset: usize,
    },

    /// An item of a bundle is malformed.
    #[error("item {index} of the bundle: {error}")]
    BundleItem {
        /// Which item, from 0.
        index: usize,
        /// What is wrong; its offsets count from the start of the bundle.
        #[source]
        error: Box<Error>,
    },

    /// The header of a bundle gives an item another id than its own.
    #[error("item {index} of the bundle is {found}, not {declared} as byte {offset} says")]
    BundleItemId {
        /// Which item, from 0.
        index: usize,
        /// Where its id is declared.
        offset: usize,
        /// The id in the header.
        declared: Id,
        /// The item's own id.
        found: Id,
    },

    /// A text is not an id.
    #[error("`{text}` is not an id: 43 characters of unpadded base64url are")]
    InvalidId {
        /// The text.
        text: String,
    },
}
