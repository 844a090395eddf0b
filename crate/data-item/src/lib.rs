//! Data items of [ANS-104]: signed messages that carry a target, an anchor, tags and data.
//!
//! - [`DataItem::parse`] reads one from bytes, and [`verify()`] checks its signature;
//! - [`Draft`] describes one to be made: it is laid out for an owner, signed elsewhere and sealed.
//!
//! The crate holds no keys, never signs, and needs neither clock, randomness nor an async runtime.
//! The format is the one that is in use: where the text of ANS-104 and `arbundles` differ, as in
//! what is signed ([`DataItem::signing_hash`]), this crate does as `arbundles` does.
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

mod draft;
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
    deep_hash::{Chunk, deep_hash},
    draft::{Draft, Unsigned},
    error::Error,
    id::Id,
    item::DataItem,
    signature_type::SignatureType,
    tag::Tag,
    verify::{RsaVerifier, verify},
};
