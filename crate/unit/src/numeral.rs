//! Numbers in tags, read as the network's units read them.

/// The whole number that a text begins with, as JavaScript's `parseInt` reads it: blanks first, a sign, then
/// decimal digits, or hexadecimal ones after `0x`; what follows is ignored. None if there is no digit.
pub(crate) fn parse_int(text: &str) -> Option<f64> {
    let text = text.trim_start();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let (radix, text) = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(rest) => (16, rest),
        None => (10, text),
    };
    let digits = text.chars().map_while(|digit| digit.to_digit(radix));
    digits
        .fold(None, |number: Option<f64>, digit| {
            Some(number.unwrap_or(0.0) * f64::from(radix) + f64::from(digit))
        })
        .map(|number| sign * number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_at_the_start_count() {
        for (text, number) in [
            ("10", Some(10.0)),
            ("  7 ", Some(7.0)),
            ("+3", Some(3.0)),
            ("-3", Some(-3.0)),
            ("1.9", Some(1.0)),
            ("1e9", Some(1.0)),
            ("12abc", Some(12.0)),
            ("0x1F", Some(31.0)),
            ("9000000000000", Some(9e12)),
            ("", None),
            ("-", None),
            ("0x", None),
            ("ten", None),
        ] {
            assert_eq!(parse_int(text), number, "{text:?}");
        }
    }
}
