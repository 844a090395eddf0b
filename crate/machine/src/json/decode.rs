//! JSON text to Lua values, in one pass.
//!
//! Accepted beyond the standard, as on aos: a comma before a closing bracket, and whatever Lua's
//! `tonumber` reads as a number. `null` is `nil`: an absent field, a hole in an array.

use mlua::{Function, Lua, Value};

use super::Refusal;
use super::number::parse_plain;

/// Nesting beyond this is refused: the parser recurses, and the machine's stack is small.
const MAX_DEPTH: usize = 512;

/// Decodes one JSON text; `tonumber` is Lua's, for numbers outside the standard's syntax.
pub(super) fn decode(lua: &Lua, text: &[u8], tonumber: &Function) -> Result<Value, Refusal> {
    let mut decoder = Decoder {
        lua,
        text,
        tonumber,
        at: 0,
        depth: 0,
        scratch: Vec::new(),
    };
    decoder.skip_space();
    let value = decoder.value()?;
    decoder.skip_space();
    if decoder.at < text.len() {
        return Err(decoder.refusal(decoder.at, "trailing garbage"));
    }
    Ok(value)
}

struct Decoder<'a> {
    lua: &'a Lua,
    text: &'a [u8],
    tonumber: &'a Function,
    at: usize,
    depth: usize,
    scratch: Vec<u8>,
}

impl<'a> Decoder<'a> {
    fn value(&mut self) -> Result<Value, Refusal> {
        match self.peek() {
            Some(b'"') => {
                self.string()?;
                Ok(Value::String(self.lua.create_string(&self.scratch)?))
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't' | b'f' | b'n') => self.literal(),
            Some(b'[') => self.nested(Self::array),
            Some(b'{') => self.nested(Self::object),
            other => {
                let shown = other.map_or(String::new(), |byte| char::from(byte).to_string());
                Err(self.refusal(self.at, &format!("unexpected character '{shown}'")))
            }
        }
    }

    fn nested(&mut self, parse: fn(&mut Self) -> Result<Value, Refusal>) -> Result<Value, Refusal> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.refusal(self.at, "nested too deeply"));
        }
        let value = parse(self);
        self.depth -= 1;
        value
    }

    fn array(&mut self) -> Result<Value, Refusal> {
        let table = self.lua.create_table()?;
        self.at += 1;
        for index in 1_i64.. {
            self.skip_space();
            if self.take(b']') {
                break;
            }
            let value = self.value()?;
            if !value.is_nil() {
                table.raw_set(index, value)?;
            }
            self.skip_space();
            if self.take(b']') {
                break;
            }
            if !self.take(b',') {
                return Err(self.refusal(self.at + 1, "expected ']' or ','"));
            }
        }
        Ok(Value::Table(table))
    }

    fn object(&mut self) -> Result<Value, Refusal> {
        let table = self.lua.create_table()?;
        self.at += 1;
        loop {
            self.skip_space();
            if self.take(b'}') {
                break;
            }
            if self.peek() != Some(b'"') {
                return Err(self.refusal(self.at, "expected string for key"));
            }
            self.string()?;
            let key = self.lua.create_string(&self.scratch)?;
            self.skip_space();
            if !self.take(b':') {
                return Err(self.refusal(self.at, "expected ':' after key"));
            }
            self.skip_space();
            let value = self.value()?;
            table.raw_set(key, value)?;
            self.skip_space();
            if self.take(b'}') {
                break;
            }
            if !self.take(b',') {
                return Err(self.refusal(self.at + 1, "expected '}' or ','"));
            }
        }
        Ok(Value::Table(table))
    }

    fn number(&mut self) -> Result<Value, Refusal> {
        let start = self.at;
        let word = self.word();
        if let Some(value) = parse_plain(word) {
            return Ok(value);
        }
        let text = self.lua.create_string(word)?;
        let value: Value = self.tonumber.call(text)?;
        if value.is_nil() {
            let word = String::from_utf8_lossy(word).into_owned();
            return Err(self.refusal(start, &format!("invalid number '{word}'")));
        }
        Ok(value)
    }

    fn literal(&mut self) -> Result<Value, Refusal> {
        let start = self.at;
        match self.word() {
            b"true" => Ok(Value::Boolean(true)),
            b"false" => Ok(Value::Boolean(false)),
            b"null" => Ok(Value::Nil),
            word => {
                let word = String::from_utf8_lossy(word).into_owned();
                Err(self.refusal(start, &format!("invalid literal '{word}'")))
            }
        }
    }

    /// Reads the string that starts here into `scratch`.
    fn string(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        self.at += 1;
        self.scratch.clear();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest
                .iter()
                .position(|&byte| byte < 32 || byte == b'"' || byte == b'\\')
                .unwrap_or(rest.len());
            self.scratch.extend_from_slice(&rest[..plain]);
            self.at += plain;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                Some(_) => return Err(self.refusal(self.at, "control character in string")),
                None => return Err(self.refusal(start, "expected closing quote for string")),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        let escaped = self.text.get(start + 1).copied();
        self.at += 2;
        let byte = match escaped {
            Some(b'u') => return self.unicode_escape(start),
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            other => {
                let shown = other.map_or(String::new(), |byte| char::from(byte).to_string());
                let reason = format!("invalid escape char '{shown}' in string");
                return Err(self.refusal(start, &reason));
            }
        };
        self.scratch.push(byte);
        Ok(())
    }

    fn unicode_escape(&mut self, start: usize) -> Result<(), Refusal> {
        let Some(first) = self.hex4(self.at) else {
            return Err(self.refusal(start, "invalid unicode escape in string"));
        };
        self.at += 4;
        let mut code = first;
        // A high surrogate and the escape behind it are one code point.
        if (0xd800..0xdc00).contains(&first)
            && self.text[self.at..].starts_with(b"\\u")
            && let Some(second) = self.hex4(self.at + 2)
        {
            self.at += 6;
            let low = i64::from(second) - 0xdc00;
            code = ((i64::from(first) - 0xd800) * 0x400 + low + 0x1_0000) as u32;
        }
        push_utf8(&mut self.scratch, code);
        Ok(())
    }

    fn hex4(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 4)?;
        digits.iter().try_fold(0, |code, &digit| {
            Some(code * 16 + char::from(digit).to_digit(16)?)
        })
    }

    /// The bytes up to the next delimiter, passed over.
    fn word(&mut self) -> &'a [u8] {
        let rest = &self.text[self.at..];
        let end = rest
            .iter()
            .position(|byte| b" \t\r\n]},".contains(byte))
            .unwrap_or(rest.len());
        self.at += end;
        &self.text[self.at - end..self.at]
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn refusal(&self, at: usize, reason: &str) -> Refusal {
        let before = &self.text[..at.min(self.text.len())];
        let line = before.split(|&byte| byte == b'\n').count();
        let column = 1
            + before
                .iter()
                .rev()
                .take_while(|&&byte| byte != b'\n')
                .count()
            + at.saturating_sub(self.text.len());
        Refusal::Reason(format!("{reason} at line {line} col {column}"))
    }
}

/// Writes a code point as UTF-8; a lone surrogate as its three bytes, as aos does.
fn push_utf8(out: &mut Vec<u8>, code: u32) {
    if let Some(character) = char::from_u32(code) {
        let mut buffer = [0; 4];
        out.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
    } else {
        let tail = |shift: u32| 0x80 | (code >> shift & 0x3f) as u8;
        out.extend_from_slice(&[0xe0 | (code >> 12 & 0x0f) as u8, tail(6), tail(0)]);
    }
}
