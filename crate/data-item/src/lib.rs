//! Data items of [ANS-104]: signed messages that carry a target, an anchor, tags and data.
//!
//! - [`DataItem::parse`] reads one from bytes, and [`verify()`] checks its signature;
//! - [`Draft`] describes one to be made: it is laid out for an owner, signed elsewhere and sealed;
//! - [`Bundle`] holds many.
//!
//! The crate holds no keys, never signs, and needs neither clock, randomness nor an async runtime.
//! The format is the one that is in use: where the text of ANS-104 and `arbundles` differ, as in
//! what is signed ([`DataItem::signing_hash`]), this crate does as `arbundles` does. What `arbundles` writes
//! within the [limits] is read and verified here, but for two things that it writes and others of the
//! network refuse: a tag without a name, and the types Aptos (5 and 6) and Kyve (101).
//!
//! Refused besides, though `arbundles` lets some of it pass:
//!
//! - more than 128 tags, text that is not UTF-8, a presence byte that is neither 0 nor 1;
//! - bytes of tags where no tags are declared, or after the last one; blocks of tags of another size than they say;
//! - bytes after the last item of a bundle, and an item that is not the one that the bundle's header names;
//! - an Ethereum key that is not uncompressed, a second spelling of a signature (of Ethereum, see [`ethereum`]; of
//!   RSA, one that is not below the modulus), and an Ed25519 key under which one signature would do for many messages.
//!
//! Accepted, though `arbundles` does not write it: tags in several blocks, blocks that declare their size, and numbers
//! with more bytes than they need. Avro allows them, and what is signed are the bytes as they stand. Names of tags may
//! repeat, values and data may be empty: the network has such items.
//!
//! ```
//! use ao_data_item::{DataItem, Draft, Id, SignatureType, Tag};
//!
//! # fn main() -> Result<(), ao_data_item::Error> {
//! # let (owner, sign) = ([7; 32], |_hash: [u8; 48]| [9; 64]);
//! let draft = Draft {
//!     target: Some("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8".parse()?),
//!     tags: vec![Tag::new("Action", "Balance")],
//!     ..Draft::default()
//! };
//! let unsigned = draft.for_owner(SignatureType::Ed25519, &owner)?;
//! let signature = sign(unsigned.signing_hash());
//! let item = unsigned.seal(&signature)?;
//!
//! assert_eq!(item.tag("Action"), Some("Balance"));
//! assert_eq!(item.id(), Id::of(&signature));
//! assert_eq!(DataItem::parse(item.as_bytes())?, item);
//! # Ok(())
//! # }
//! ```
//!
//! [ANS-104]: https://github.com/ArweaveTeam/arweave-standards/blob/master/ans/ANS-104.md

mod item;
mod tag;

mod bundle;
mod draft;

pub mod ethereum;
mod message;
mod verify;

mod address;
mod deep_hash;
mod id;
mod signature_type;

mod avro;
mod layout;
mod reader;

mod error;
pub mod limits;

#[cfg(feature = "rsa")]
pub use verify::NativeRsa;
pub use {
    address::Address,
    bundle::Bundle,
    deep_hash::{Chunk, deep_hash},
    draft::{Draft, Unsigned},
    error::Error,
    id::Id,
    item::DataItem,
    signature_type::SignatureType,
    tag::Tag,
    verify::{Verifier, verify},
};
