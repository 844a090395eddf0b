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

/// The number that is written in decimal digits with at most one point among them, `1.5`; none of other texts.
///
/// Of 15 digits or fewer it is the nearest that there is; of more the last bit may differ. (What the standard
/// library has for this is exact, and brings a table of ten kilobytes that every page would load.)
pub(crate) fn parse_decimal(text: &str) -> Option<f64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let decimals_that_count = decimals.trim_end_matches('0');
    let is_number = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    if whole.len() + decimals.len() == 0 || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let digits = whole.bytes().chain(decimals_that_count.bytes());
    let number = digits.fold(0.0, |number, digit| number * 10.0 + f64::from(digit - b'0'));
    let shift = i32::try_from(decimals_that_count.len()).ok()?;
    Some(number / 10_f64.powi(shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_the_nearest_numbers() {
        for text in [
            "0",
            "7",
            "007",
            "1.5",
            ".5",
            "5.",
            "0.1",
            "0.30",
            "365.25",
            "1.999",
            "0.0001",
            "2.675",
            "123456789.012345",
            "9007199254740991",
            "1.50000000000000000000000000000000",
        ] {
            assert_eq!(parse_decimal(text), text.parse().ok(), "{text}");
        }
        for text in [
            "", ".", "-1", "+1", "1e3", "1.2.3", "inf", "NaN", "1_0", "one", "1 ",
        ] {
            assert_eq!(parse_decimal(text), None, "{text:?}");
        }
    }

    #[test]
    fn decimals_of_any_length_are_near() {
        for text in [
            "0.12345678901234567890123",
            "98765432109876543210.5",
            &format!("0.{}1", "0".repeat(90)),
        ] {
            let (read, exact) = (parse_decimal(text).unwrap(), text.parse::<f64>().unwrap());
            assert!((read - exact).abs() <= exact * 1e-14, "{text}: {read}");
        }
    }

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
