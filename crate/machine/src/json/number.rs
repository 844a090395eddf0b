//! Numbers between JSON and Lua.

use std::fmt::Write;

/// A number as Lua has it.
pub(super) enum Number {
    Integer(i64),
    Float(f64),
}

/// Reads the standard's number syntax; `None` leaves a word to Lua itself.
///
/// An integer that fits in 64 bits is a Lua integer, every other number a float.
pub(super) fn parse_plain(word: &[u8]) -> Option<Number> {
    let digits = word.strip_prefix(b"-").unwrap_or(word);
    if !digits.first()?.is_ascii_digit() {
        return None;
    }
    let text = std::str::from_utf8(word).ok()?;
    if digits.iter().all(u8::is_ascii_digit)
        && let Ok(integer) = text.parse()
    {
        return Some(Number::Integer(integer));
    }
    digits
        .iter()
        .all(|byte| byte.is_ascii_digit() || b".eE+-".contains(byte))
        .then(|| text.parse().map(Number::Float).ok())
        .flatten()
}

/// A number's text.
pub(super) struct Digits {
    bytes: [u8; Self::ROOM],
    length: usize,
}

impl Digits {
    /// More than fourteen digits, a sign, a point, three zeros and an exponent take.
    const ROOM: usize = 32;

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// An integer as C's `%.14g` writes its nearest float, which is how aos writes it.
    pub(super) fn of_integer(integer: i64) -> Self {
        if integer.unsigned_abs() < 100_000_000_000_000 {
            Self::of(format_args!("{integer}"))
        } else {
            Self::of_float(integer as f64)
        }
    }

    /// A count as it is.
    pub(super) fn of_count(count: usize) -> Self {
        Self::of(format_args!("{count}"))
    }

    /// A finite float as C's `%.14g` writes it.
    pub(super) fn of_float(float: f64) -> Self {
        if float == 0.0 {
            let sign = if float.is_sign_negative() { "-" } else { "" };
            return Self::of(format_args!("{sign}0"));
        }
        let scientific = Self::of(format_args!("{float:.13e}"));
        let (mantissa, exponent) = scientific
            .as_text()
            .split_once('e')
            .unwrap_or_else(|| (scientific.as_text(), "0"));
        let exponent: i32 = exponent.parse().unwrap_or_default();
        if (-4..14).contains(&exponent) {
            let decimals = (13 - exponent).max(0) as usize;
            let fixed = Self::of(format_args!("{float:.decimals$}"));
            Self::of(format_args!("{}", trim_zeros(fixed.as_text())))
        } else {
            let sign = if exponent < 0 { '-' } else { '+' };
            let mantissa = trim_zeros(mantissa);
            Self::of(format_args!(
                "{mantissa}e{sign}{:02}",
                exponent.unsigned_abs()
            ))
        }
    }

    fn of(text: std::fmt::Arguments<'_>) -> Self {
        let mut digits = Self {
            bytes: [0; Self::ROOM],
            length: 0,
        };
        // What is written here fits.
        let _ = digits.write_fmt(text);
        digits
    }

    fn as_text(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

impl Write for Digits {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.length + text.len();
        let room = self
            .bytes
            .get_mut(self.length..end)
            .ok_or(std::fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

fn trim_zeros(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn float(number: f64) -> String {
        Digits::of_float(number).as_text().to_owned()
    }

    #[test]
    fn floats_are_written_with_fourteen_digits() {
        assert_eq!(float(100.0), "100");
        assert_eq!(float(0.1), "0.1");
        assert_eq!(float(1e18), "1e+18");
        assert_eq!(float(1.0 / 3.0), "0.33333333333333");
        assert_eq!(float(123_456_789_012_345.0), "1.2345678901234e+14");
        assert_eq!(float(0.0001), "0.0001");
        assert_eq!(float(0.000_01), "1e-05");
        assert_eq!(float(-2.5e-10), "-2.5e-10");
        assert_eq!(float(-0.000_123_456_789_012_345), "-0.00012345678901234");
        assert_eq!(float(-f64::MIN_POSITIVE), "-2.2250738585072e-308");
        assert_eq!(float(99_999_999_999_999.9), "1e+14");
    }

    #[test]
    fn integers_beyond_fourteen_digits_lose_precision_as_on_aos() {
        let digits = Digits::of_integer(9_007_199_254_740_993);
        assert_eq!(digits.as_text(), "9.007199254741e+15");
    }
}
