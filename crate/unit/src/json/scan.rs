//! Where a value ends, and whether it is one.

use std::fmt;

/// Deeper than this no text is read: reading recurs. A machine writes half of it at most.
const DEPTH: u32 = 1024;

/// A text that is no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    what: &'static str,
    at: usize,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.what, self.at)
    }
}

/// A place in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scanner<'a> {
    text: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
        }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    pub(super) fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Goes past one byte, if it is the next one.
    pub(super) fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn fail<T>(&self, what: &'static str) -> Result<T, Malformed> {
        Err(Malformed { what, at: self.at })
    }

    /// Goes past the blanks and past all that may follow: the text ends here.
    pub(super) fn end(&mut self) -> Result<(), Malformed> {
        self.blanks();
        match self.peek() {
            None => Ok(()),
            Some(_) => self.fail("something follows the value"),
        }
    }

    /// Goes past a value, which begins here.
    pub(super) fn value(&mut self) -> Result<(), Malformed> {
        self.nested(0)
    }

    fn nested(&mut self, depth: u32) -> Result<(), Malformed> {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(open @ (b'{' | b'[')) => self.list(open == b'{', depth),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            Some(_) => self.fail("a value is expected"),
            None => self.fail("the text ends where a value is expected,"),
        }
    }

    fn list(&mut self, is_object: bool, depth: u32) -> Result<(), Malformed> {
        if depth == DEPTH {
            return self.fail("it is nested too deeply");
        }
        let close = if is_object { b'}' } else { b']' };
        self.at += 1;
        self.blanks();
        if self.takes(close) {
            return Ok(());
        }
        loop {
            if is_object {
                self.string()?;
                self.blanks();
                if !self.takes(b':') {
                    return self.fail("a colon is expected");
                }
                self.blanks();
            }
            self.nested(depth + 1)?;
            self.blanks();
            if self.takes(close) {
                return Ok(());
            }
            if !self.takes(b',') {
                return self.fail("a comma or the end of the list is expected");
            }
            self.blanks();
        }
    }

    /// Goes past a string.
    pub(super) fn string(&mut self) -> Result<(), Malformed> {
        if !self.takes(b'"') {
            return self.fail("a string is expected");
        }
        loop {
            self.at += plain(&self.text[self.at..]);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    self.at += 1;
                    match self.peek() {
                        Some(b'u') => {
                            self.at += 1;
                            let digits = self.text.get(self.at..self.at + 4);
                            if !digits.is_some_and(|all| all.iter().all(u8::is_ascii_hexdigit)) {
                                return self.fail("four hexadecimal digits are expected");
                            }
                            self.at += 4;
                        }
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                            self.at += 1;
                        }
                        _ => return self.fail("no character is written so"),
                    }
                }
                Some(_) => return self.fail("a control character stands in a string"),
                None => return self.fail("the text ends in a string"),
            }
        }
    }

    fn number(&mut self) -> Result<(), Malformed> {
        self.takes(b'-');
        if !self.takes(b'0') {
            self.digits()?;
        }
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _ = self.takes(b'+') || self.takes(b'-');
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Malformed> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start {
            return self.fail("a digit is expected");
        }
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), Malformed> {
        if !self.text[self.at..].starts_with(word.as_bytes()) {
            return self.fail("a value is expected");
        }
        self.at += word.len();
        Ok(())
    }
}

/// How many bytes stand before the first that has a meaning within a string: a quote, a backslash or a control
/// character. Eight at a time: bodies of messages are long.
pub(super) fn plain(text: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let below = |word: u64, least: u64| word.wrapping_sub(ONES * least) & !word;
    let (words, _) = text.as_chunks::<8>();
    let mut at = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let quotes = below(word ^ (ONES * u64::from(b'"')), 1);
        let escapes = below(word ^ (ONES * u64::from(b'\\')), 1);
        let found = (below(word, 0x20) | quotes | escapes) & HIGH;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let ends = |byte: &u8| *byte < 0x20 || matches!(byte, b'"' | b'\\');
    let rest = &text[at..];
    at + rest.iter().position(ends).unwrap_or(rest.len())
}
