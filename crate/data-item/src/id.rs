use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest as _, Sha256};

use crate::Error;

/// The name of an item, a process or an owner: 32 bytes, written as 43 characters of base64url.
///
/// One id has one spelling: a text whose last character carries bits beyond the 32nd byte is refused.
///
/// ```
/// use ao_data_item::Id;
///
/// let text = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
/// assert_eq!(text.parse(), Ok(Id::of(b"")));
/// assert_eq!(Id::of(b"").to_string(), text);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub [u8; 32]);

impl Id {
    /// How many characters an id is written with.
    pub const TEXT_LENGTH: usize = 43;

    /// The id of `bytes`: their SHA-256. An item's is that of its signature.
    pub fn of(bytes: &[u8]) -> Id {
        Id(Sha256::digest(bytes).into())
    }

    /// The bytes themselves.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for Id {
    fn from(bytes: [u8; 32]) -> Id {
        Id(bytes)
    }
}

impl AsRef<[u8]> for Id {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl FromStr for Id {
    type Err = Error;

    fn from_str(text: &str) -> Result<Id, Error> {
        URL_SAFE_NO_PAD
            .decode(text)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(Id)
            .ok_or_else(|| Error::InvalidId {
                text: text.to_owned(),
            })
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

/// As [`Display`](fmt::Display): bytes would tell the reader of a log nothing.
impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        deserializer.deserialize_str(IdVisitor)
    }
}

struct IdVisitor;

impl de::Visitor<'_> for IdVisitor {
    type Value = Id;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id of 43 characters of base64url")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Id, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_written_and_read_as_base64url() {
        let id = Id([0xff; 32]);
        let text = "__________________________________________8";
        assert_eq!(text.len(), Id::TEXT_LENGTH);
        assert_eq!(id.to_string(), text);
        assert_eq!(format!("{id:?}"), text);
        assert_eq!(text.parse(), Ok(id));
    }

    #[test]
    fn a_text_that_is_no_id_is_refused_by_name() {
        let zeros = "A".repeat(43);
        for text in [
            "",
            "A",
            &zeros[1..],
            &format!("{zeros}A"),
            &format!("{zeros}="),
            &format!("+{}", &zeros[1..]),
            // Two spare bits of the last character are set: a second spelling of zero.
            &format!("{}B", &zeros[1..]),
        ] {
            let error = text.parse::<Id>().unwrap_err();
            assert_eq!(
                error,
                Error::InvalidId {
                    text: text.to_owned()
                }
            );
        }
        assert_eq!(zeros.parse(), Ok(Id([0; 32])));
    }

    #[test]
    fn json_holds_an_id_as_its_text() {
        let id = Id::of(b"ao");
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, format!("\"{id}\""));
        assert_eq!(serde_json::from_str::<Id>(&json).unwrap(), id);
        assert!(serde_json::from_str::<Id>("\"ao\"").is_err());
    }
}
