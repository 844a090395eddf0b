//! Writes what can be serialised as JSON.

use std::fmt::{self, Display, Write};

use serde::Serialize;
use serde::ser::{self, Impossible, Serializer};

use super::scan::plain;
use list::List;

mod list;
#[cfg(test)]
mod tests;

/// The name of the struct by which JSON that is written already is told from a text.
const RAW: &str = "ao-unit.json";

/// JSON that is written already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw(pub String);

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(RAW, &self.0)
    }
}

/// A value as JSON text.
///
/// There is none for floats, bytes, tuples and maps whose keys are no text, which nothing here has: their place is
/// `null`.
pub fn to_text<T: Serialize + ?Sized>(value: &T) -> String {
    let mut writer = Writer {
        text: String::new(),
        is_raw: false,
    };
    match value.serialize(&mut writer) {
        Ok(()) => writer.text,
        Err(Unwritable) => "null".to_owned(),
    }
}

/// Writes a text as a JSON string.
pub(super) fn push_string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    loop {
        let (clear, special) = rest.split_at(plain(rest.as_bytes()));
        out.push_str(clear);
        // What has a meaning within a string has one byte.
        let Some(byte) = special.bytes().next() else {
            break;
        };
        rest = &special[1..];
        out.push('\\');
        match byte {
            b'"' | b'\\' => out.push(byte.into()),
            0x08 => out.push('b'),
            0x09 => out.push('t'),
            0x0A => out.push('n'),
            0x0C => out.push('f'),
            0x0D => out.push('r'),
            _ => {
                // Writing to a text cannot fail.
                let _ = write!(out, "u{byte:04x}");
            }
        }
    }
    out.push('"');
}

#[derive(Debug)]
struct Writer {
    text: String,
    is_raw: bool,
}

/// A value that has no place in JSON, or that refuses to be serialised.
#[derive(Debug)]
struct Unwritable;

impl Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value cannot be written as JSON")
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

type Written = Result<(), Unwritable>;

impl Writer {
    #[allow(
        clippy::unnecessary_wraps,
        reason = "it is the answer of what serde calls"
    )]
    fn push(&mut self, text: &str) -> Written {
        self.text.push_str(text);
        Ok(())
    }

    fn push_number(&mut self, number: u64) -> Written {
        write!(self.text, "{number}").map_err(|_| Unwritable)
    }

    fn list(&mut self, open: char, close: &'static str) -> List<'_> {
        self.text.push(open);
        List::new(self, close)
    }

    /// The object of one field that stands for a variant with contents; the field's value follows.
    fn push_variant(&mut self, variant: &str) {
        self.text.push('{');
        push_string(&mut self.text, variant);
        self.text.push(':');
    }
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = Impossible<(), Unwritable>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = List<'a>;
    type SerializeStruct = List<'a>;
    type SerializeStructVariant = List<'a>;

    fn serialize_bool(self, value: bool) -> Written {
        self.push(if value { "true" } else { "false" })
    }

    fn serialize_i8(self, value: i8) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Written {
        if value < 0 {
            self.text.push('-');
        }
        self.push_number(value.unsigned_abs())
    }

    fn serialize_u8(self, value: u8) -> Written {
        self.push_number(value.into())
    }

    fn serialize_u16(self, value: u16) -> Written {
        self.push_number(value.into())
    }

    fn serialize_u32(self, value: u32) -> Written {
        self.push_number(value.into())
    }

    fn serialize_u64(self, value: u64) -> Written {
        self.push_number(value)
    }

    fn serialize_f32(self, _: f32) -> Written {
        Err(Unwritable)
    }

    fn serialize_f64(self, _: f64) -> Written {
        Err(Unwritable)
    }

    fn serialize_char(self, value: char) -> Written {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Written {
        if self.is_raw {
            return self.push(value);
        }
        push_string(&mut self.text, value);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Written {
        Err(Unwritable)
    }

    fn serialize_none(self) -> Written {
        self.push("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.push("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.push("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Written {
        self.is_raw = name == RAW;
        let written = value.serialize(&mut *self);
        self.is_raw = false;
        written
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        self.push_variant(variant);
        value.serialize(&mut *self)?;
        self.push("}")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>, Unwritable> {
        Ok(self.list('[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'a>, Unwritable> {
        Ok(self.list('[', "]"))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Unwritable> {
        Err(Unwritable)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unwritable> {
        Err(Unwritable)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<List<'a>, Unwritable> {
        Ok(self.list('{', "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<List<'a>, Unwritable> {
        Ok(self.list('{', "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'a>, Unwritable> {
        self.push_variant(variant);
        Ok(self.list('{', "}}"))
    }
}
