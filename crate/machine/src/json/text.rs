//! Strings of a JSON text, and their escapes.

use std::mem::MaybeUninit;

use mlua::ffi;

use super::buffer::{Beginning, Buffer};
use super::decode::Decoder;
use super::{Refused, push_string};

impl Decoder<'_> {
    /// Reads the string that starts here.
    pub(super) unsafe fn string(&mut self) -> Result<(), Refused> {
        let plain = self.plain();
        if self.text.get(self.at + 1 + plain) != Some(&b'"') {
            return unsafe { self.escaped_string() };
        }
        let start = self.at + 1;
        self.at = start + plain + 1;
        unsafe { push_string(self.state, &self.text[start..start + plain]) };
        Ok(())
    }

    // Not inlined: in frames that nest, its buffer would use up the machine's stack.
    #[inline(never)]
    unsafe fn escaped_string(&mut self) -> Result<(), Refused> {
        let (state, start) = (self.state, self.at);
        let mut beginning: Beginning = [MaybeUninit::uninit(); _];
        unsafe {
            let mut out = Buffer::new(state, &raw mut beginning);
            loop {
                let plain = self.plain();
                out.push(&self.text[self.at + 1..][..plain]);
                self.at += plain + 1;
                match self.peek() {
                    Some(b'"') => break,
                    Some(b'\\') => self.escape(&mut out)?,
                    Some(_) => {
                        return Err(self.refusal(self.at, &[b"control character in string"]));
                    }
                    None => {
                        let reason = b"expected closing quote for string";
                        return Err(self.refusal(start, &[reason]));
                    }
                }
            }
            self.at += 1;
            out.finish();
            // The buffer's own slot is below the string.
            ffi::lua_remove(state, -2);
        }
        Ok(())
    }

    /// How many bytes behind the current one stand for themselves.
    fn plain(&self) -> usize {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        rest.iter()
            .position(|&byte| byte < 32 || byte == b'"' || byte == b'\\')
            .unwrap_or(rest.len())
    }

    /// Reads the escape that starts here, up to its last byte.
    unsafe fn escape(&mut self, out: &mut Buffer) -> Result<(), Refused> {
        let start = self.at;
        let escaped = self.text.get(start + 1).copied();
        self.at += 1;
        let byte = match escaped {
            Some(b'u') => return unsafe { self.unicode_escape(start, out) },
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            other => {
                let reason = b"invalid escape char '";
                return Err(unsafe { self.about_byte(start, reason, other, b"' in string") });
            }
        };
        unsafe { out.push(&[byte]) };
        Ok(())
    }

    unsafe fn unicode_escape(&mut self, start: usize, out: &mut Buffer) -> Result<(), Refused> {
        let Some(first) = self.hex4(start + 2) else {
            return Err(unsafe { self.refusal(start, &[b"invalid unicode escape in string"]) });
        };
        self.at += 4;
        let mut code = first;
        // A high surrogate and the escape behind it are one code point.
        if (0xd800..0xdc00).contains(&first)
            && self.text[start + 6..].starts_with(b"\\u")
            && let Some(second) = self.hex4(start + 8)
        {
            self.at += 6;
            let low = i64::from(second) - 0xdc00;
            code = ((i64::from(first) - 0xd800) * 0x400 + low + 0x1_0000) as u32;
        }
        unsafe { push_utf8(out, code) };
        Ok(())
    }

    fn hex4(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 4)?;
        digits.iter().try_fold(0, |code, &digit| {
            Some(code * 16 + char::from(digit).to_digit(16)?)
        })
    }
}

/// Writes a code point as UTF-8; a lone surrogate as its three bytes, as aos does.
unsafe fn push_utf8(out: &mut Buffer, code: u32) {
    let mut buffer = [0; 4];
    let tail = |shift: u32| 0x80 | (code >> shift & 0x3f) as u8;
    let surrogate = [0xe0 | (code >> 12 & 0x0f) as u8, tail(6), tail(0)];
    let bytes = char::from_u32(code).map_or(&surrogate[..], |character| {
        character.encode_utf8(&mut buffer).as_bytes()
    });
    unsafe { out.push(bytes) };
}
