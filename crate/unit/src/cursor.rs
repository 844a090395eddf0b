//! The results of a process, page by page, and the cursors that say where a page ends.

mod page;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Serialize;

use crate::Error;
use crate::json::{Fields, to_text};

pub(crate) use page::Page;

/// Where an outcome stands among those of its process: by time, then by nonce, then by tick.
///
/// A message comes before the ticks that bear its nonce. (The network compares nonces as text, 10 before 9.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Position<'a> {
    /// The time of the assignment, in milliseconds since 1970.
    pub(crate) timestamp: u64,
    /// The nonce: of the message itself, or, of a tick, of the last message before it.
    pub(crate) ordinate: u64,
    /// The tick's id (`index-interval`); none of a message.
    pub(crate) cron: Option<&'a str>,
}

/// In which direction a page reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Sort {
    /// From the oldest to the newest.
    #[default]
    Asc,
    /// From the newest to the oldest.
    Desc,
}

/// A cursor, or a time: the end of a page, or the place where another begins.
///
/// What it leaves out stands for all: a time alone is before its outcomes as the start of a page, and behind
/// them as its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    timestamp: u64,
    ordinate: Option<u64>,
    cron: Option<String>,
    sort: Option<Sort>,
}

/// What is inside a cursor, field for field. aos reads `ordinate` out of it, so that it is not opaque.
#[derive(Serialize)]
struct Inside<'a> {
    timestamp: u64,
    ordinate: String,
    /// `null` for a message, as the network's database has it.
    cron: Option<&'a str>,
    sort: Sort,
}

/// As `btoa` writes and `atob` reads: without padding, too.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl Position<'_> {
    /// The cursor of the outcome here, in a page that is sorted so: base64 of
    /// `{"timestamp":…,"ordinate":"…","cron":null,"sort":"ASC"}`.
    pub(crate) fn cursor(&self, sort: Sort) -> String {
        BASE64.encode(to_text(&Inside {
            timestamp: self.timestamp,
            ordinate: self.ordinate.to_string(),
            cron: self.cron,
            sort,
        }))
    }

    /// What positions are compared by. Of ticks, the number at the start of the id counts first, so that the
    /// tenth interval comes after the ninth.
    fn key(&self) -> (u64, u64, Option<(u64, &str)>) {
        let number = |id: &str| id.split('-').next().and_then(|number| number.parse().ok());
        let cron = self.cron.map(|id| (number(id).unwrap_or(u64::MAX), id));
        (self.timestamp, self.ordinate, cron)
    }
}

impl Ord for Position<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Position<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Cursor {
    /// Reads a cursor or, if it is none, a time in milliseconds since 1970.
    ///
    /// # Errors
    ///
    /// [`Error::CursorInvalid`] if it is neither.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let invalid = || Error::CursorInvalid(text.to_owned());
        if let Some(cursor) = Self::decode(text) {
            return Ok(cursor);
        }
        Ok(Self {
            timestamp: text.trim().parse().map_err(|_| invalid())?,
            ordinate: None,
            cron: None,
            sort: None,
        })
    }

    fn decode(text: &str) -> Option<Self> {
        let json = String::from_utf8(BASE64.decode(text).ok()?).ok()?;
        let fields = Fields::parse(&json).ok()?;
        // A number, or one written as text: the network's cursors have both.
        let number = |name| {
            let value = fields.get(name)?;
            let text = value.string().unwrap_or(value.text().into());
            Some(text.parse().ok())
        };
        let sort = fields.text("sort").ok()?;
        Some(Self {
            timestamp: number("timestamp")??,
            ordinate: match number("ordinate") {
                Some(ordinate) => Some(ordinate?),
                None => None,
            },
            cron: fields.text("cron").ok()?,
            sort: sort.as_deref().map(Sort::parse).transpose().ok()?,
        })
    }

    /// Its time, in milliseconds since 1970.
    pub(crate) fn timestamp(&self) -> u64 {
        self.timestamp
    }

    /// Whether a position is behind the cursor. Behind a time alone are its own outcomes, too.
    fn is_before(&self, position: &Position<'_>) -> bool {
        match self.position() {
            Some(own) => own < *position,
            None => self.timestamp <= position.timestamp,
        }
    }

    /// Whether a position is at the cursor or before it. A time alone includes its own outcomes.
    fn reaches(&self, position: &Position<'_>) -> bool {
        match self.position() {
            Some(own) => *position <= own,
            None => position.timestamp <= self.timestamp,
        }
    }

    /// Where it stands, unless it is a time alone.
    fn position(&self) -> Option<Position<'_>> {
        Some(Position {
            timestamp: self.timestamp,
            ordinate: self.ordinate?,
            cron: self.cron.as_deref(),
        })
    }
}

impl Sort {
    /// Reads `ASC` or `DESC`.
    ///
    /// # Errors
    ///
    /// Says what it is instead.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match text {
            "ASC" => Ok(Self::Asc),
            "DESC" => Ok(Self::Desc),
            _ => Err(format!(
                "unknown variant `{text}`, expected `ASC` or `DESC`"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: Position<'_> = Position {
        timestamp: 1_709_666_249_861,
        ordinate: 42,
        cron: None,
    };
    const TICK: Position<'_> = Position {
        cron: Some("0-10-seconds"),
        ..MESSAGE
    };

    fn atob(cursor: &str) -> String {
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(cursor)
            .unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn btoa(json: &str) -> String {
        base64::engine::general_purpose::STANDARD.encode(json)
    }

    #[test]
    fn a_cursor_is_base64_of_json_in_the_networks_order() {
        assert_eq!(
            atob(&MESSAGE.cursor(Sort::Asc)),
            r#"{"timestamp":1709666249861,"ordinate":"42","cron":null,"sort":"ASC"}"#
        );
        assert_eq!(
            atob(&TICK.cursor(Sort::Desc)),
            r#"{"timestamp":1709666249861,"ordinate":"42","cron":"0-10-seconds","sort":"DESC"}"#
        );
    }

    #[test]
    fn a_cursor_is_read_back() {
        for position in [MESSAGE, TICK] {
            for sort in [Sort::Asc, Sort::Desc] {
                let cursor = Cursor::parse(&position.cursor(sort)).unwrap();
                assert_eq!(cursor.position(), Some(position));
                assert_eq!(cursor.sort, Some(sort));
            }
        }
    }

    #[test]
    fn a_cursor_of_other_makes_is_read_as_well() {
        let of = |json| Cursor::parse(&btoa(json)).unwrap();
        let same = of(r#"{"sort":"ASC","ordinate":42,"timestamp":"1709666249861","more":[]}"#);
        assert_eq!(same.position(), Some(MESSAGE));
        let unpadded = MESSAGE.cursor(Sort::Asc).trim_end_matches('=').to_owned();
        assert_eq!(Cursor::parse(&unpadded).unwrap(), same);
        let time = of(r#"{"timestamp":7}"#);
        assert_eq!(
            (time.timestamp, time.position(), time.sort),
            (7, None, None)
        );
    }

    #[test]
    fn what_is_no_cursor_is_a_time() {
        for text in ["1709666249861", "12345678", "0", " 1 "] {
            let cursor = Cursor::parse(text).unwrap();
            assert_eq!(cursor.timestamp.to_string(), text.trim());
            assert_eq!((cursor.position(), cursor.sort), (None, None));
        }
    }

    #[test]
    fn what_is_neither_is_refused() {
        let strange = btoa(r#"{"timestamp":"now","ordinate":"1"}"#);
        let nameless = btoa(r#"{"timestamp":1,"ordinate":"first"}"#);
        for text in [
            "",
            "now",
            "-1",
            "1.5",
            "!",
            &btoa("{}"),
            &btoa("[]"),
            &strange,
            &nameless,
        ] {
            let error = Cursor::parse(text).unwrap_err();
            assert_eq!(error.code(), "CURSOR_INVALID", "{text:?}");
            assert!(error.to_string().contains(&format!("{text:?}")), "{error}");
        }
    }

    #[test]
    fn positions_are_ordered_by_time_then_nonce_then_tick() {
        let at = |timestamp, ordinate, cron| Position {
            timestamp,
            ordinate,
            cron,
        };
        let ordered = [
            at(1, 10, Some("0-1-second")),
            at(2, 9, None),
            at(2, 10, None),
            at(2, 10, Some("0-1-second")),
            at(2, 10, Some("9-1-second")),
            at(2, 10, Some("10-1-second")),
            at(2, 11, None),
            at(3, 0, None),
        ];
        assert!(ordered.is_sorted());
    }
}
