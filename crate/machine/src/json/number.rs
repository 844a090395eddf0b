//! Numbers between JSON and Lua.

use std::io::Write;

use mlua::Value;

/// Reads the standard's number syntax; `None` leaves a word to Lua's own `tonumber`.
///
/// An integer that fits in 64 bits is a Lua integer, every other number a float.
pub(super) fn parse_plain(word: &[u8]) -> Option<Value> {
    let digits = word.strip_prefix(b"-").unwrap_or(word);
    if digits.is_empty() || !digits[0].is_ascii_digit() {
        return None;
    }
    if digits.iter().all(u8::is_ascii_digit) {
        let text = std::str::from_utf8(word).ok()?;
        return Some(match text.parse::<i64>() {
            Ok(integer) => Value::Integer(integer),
            Err(_) => Value::Number(text.parse().ok()?),
        });
    }
    let float = digits
        .iter()
        .all(|byte| byte.is_ascii_digit() || b".eE+-".contains(byte));
    let number = std::str::from_utf8(word)
        .ok()
        .filter(|_| float)?
        .parse()
        .ok()?;
    Some(Value::Number(number))
}

/// Appends an integer as C's `%.14g` writes its nearest float, which is how aos writes it.
pub(super) fn push_integer(out: &mut Vec<u8>, integer: i64) {
    if integer.unsigned_abs() < 100_000_000_000_000 {
        // Writing to a Vec cannot fail.
        let _ = write!(out, "{integer}");
    } else {
        push_float(out, integer as f64);
    }
}

/// Appends a finite float as C's `%.14g` does.
pub(super) fn push_float(out: &mut Vec<u8>, float: f64) {
    if float == 0.0 {
        out.extend_from_slice(if float.is_sign_negative() {
            b"-0"
        } else {
            b"0"
        });
        return;
    }
    let scientific = format!("{float:.13e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else {
        return;
    };
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..14).contains(&exponent) {
        let decimals = (13 - exponent).max(0) as usize;
        out.extend_from_slice(trim_zeros(&format!("{float:.decimals$}")).as_bytes());
    } else {
        let sign = if exponent < 0 { '-' } else { '+' };
        let mantissa = trim_zeros(mantissa);
        let _ = write!(out, "{mantissa}e{sign}{:02}", exponent.unsigned_abs());
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
        let mut out = Vec::new();
        push_float(&mut out, number);
        String::from_utf8(out).unwrap()
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
        assert_eq!(float(99_999_999_999_999.9), "1e+14");
    }

    #[test]
    fn integers_beyond_fourteen_digits_lose_precision_as_on_aos() {
        let mut out = Vec::new();
        push_integer(&mut out, 9_007_199_254_740_993);
        assert_eq!(out, b"9.007199254741e+15");
    }
}
