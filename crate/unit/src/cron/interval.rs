//! How long an interval is: `10-blocks`, `5-minutes`.

use std::num::NonZeroU64;

use crate::Error;
use crate::numeral::{parse_decimal, parse_int};

/// The length of an interval; none if it cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Interval {
    Blocks(Option<NonZeroU64>),
    Seconds(Option<NonZeroU64>),
}

impl Interval {
    /// Reads `value-unit`, where what follows a second dash is ignored.
    ///
    /// The unit is `block` or `blocks`, or one of time that the npm package `ms` knows. Of other units
    /// (`months`) and of a missing dash the network makes no number, so that the interval never comes; that
    /// is kept, for a process must not live by another clock here than there.
    ///
    /// # Errors
    ///
    /// [`Error::CronInvalid`] if it is a time of less than a second.
    pub(super) fn parse(interval: &str) -> Result<Self, Error> {
        let mut parts = interval.split('-').map(str::trim);
        let value = parts.next().unwrap_or_default();
        let unit = parts.next().unwrap_or_default();
        if unit == "block" || unit == "blocks" {
            // Of zero blocks nothing is a multiple: that is silence as well.
            let blocks = parse_int(value).and_then(|blocks| NonZeroU64::new(blocks as u64));
            return Ok(Self::Blocks(blocks));
        }
        let Some(milliseconds) = parse_time(&format!("{value} {unit}")) else {
            return Ok(Self::Seconds(None));
        };
        let seconds = (milliseconds / 1000.0).floor();
        match NonZeroU64::new(seconds as u64) {
            Some(seconds) => Ok(Self::Seconds(Some(seconds))),
            None => Err(Error::CronInvalid {
                interval: interval.to_owned(),
                reason: format!("it is {milliseconds} ms, and the shortest time is one second"),
            }),
        }
    }

    /// Its length in blocks or seconds, whichever it is in.
    pub(super) fn length(self) -> Option<NonZeroU64> {
        match self {
            Self::Blocks(length) | Self::Seconds(length) => length,
        }
    }
}

/// The milliseconds of a text like `1.5 hours`, as the npm package `ms` reads it.
fn parse_time(text: &str) -> Option<f64> {
    const LONGEST: usize = 100; // `ms` does not look at more
    let end = text
        .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let is_number = number.ends_with(|letter: char| letter.is_ascii_digit())
        && number.matches('.').count() <= 1;
    if !is_number || text.len() > LONGEST {
        return None;
    }
    Some(parse_decimal(number)? * length_of(unit.trim_start_matches(' '))?)
}

/// A unit of time in milliseconds. A year is 365¼ days; without a unit, numbers are milliseconds.
fn length_of(unit: &str) -> Option<f64> {
    const SECOND: f64 = 1000.0;
    const DAY: f64 = 86400.0 * SECOND;
    Some(match unit.to_ascii_lowercase().as_str() {
        "years" | "year" | "yrs" | "yr" | "y" => 365.25 * DAY,
        "weeks" | "week" | "w" => 7.0 * DAY,
        "days" | "day" | "d" => DAY,
        "hours" | "hour" | "hrs" | "hr" | "h" => 3600.0 * SECOND,
        "minutes" | "minute" | "mins" | "min" | "m" => 60.0 * SECOND,
        "seconds" | "second" | "secs" | "sec" | "s" => SECOND,
        "milliseconds" | "millisecond" | "msecs" | "msec" | "ms" | "" => 1.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(interval: &str) -> Option<u64> {
        match Interval::parse(interval).unwrap() {
            Interval::Seconds(seconds) => seconds.map(NonZeroU64::get),
            Interval::Blocks(_) => panic!("{interval} is in blocks"),
        }
    }

    #[test]
    fn every_unit_of_time_has_its_length() {
        for (units, length) in [
            ("years year yrs yr y Years", 31_557_600),
            ("weeks week w WEEK", 604_800),
            ("days day d Day", 86_400),
            ("hours hour hrs hr h H", 3600),
            ("minutes minute mins min m", 60),
            ("seconds second secs sec s SECONDS", 1),
        ] {
            for unit in units.split(' ') {
                assert_eq!(seconds(&format!("1-{unit}")), Some(length), "{unit}");
                assert_eq!(seconds(&format!("12-{unit}")), Some(12 * length), "{unit}");
            }
        }
        for unit in [
            "milliseconds",
            "millisecond",
            "msecs",
            "msec",
            "ms",
            "MS",
            "",
        ] {
            assert_eq!(seconds(&format!("3999-{unit}")), Some(3), "{unit}");
        }
    }

    #[test]
    fn decimals_count_and_seconds_are_whole() {
        for (interval, length) in [
            ("1.5-hours", 5400),
            (".5-minutes", 30),
            ("1.999-seconds", 1),
            ("0.1-years", 3_155_760),
            ("1- second ", 1),
            (" 2 -seconds", 2),
            ("2-seconds-more", 2),
        ] {
            assert_eq!(seconds(interval), Some(length), "{interval}");
        }
    }

    #[test]
    fn blocks_are_counted_in_whole_ones() {
        for (interval, blocks) in [
            ("1-block", Some(1)),
            ("10-blocks", Some(10)),
            ("2.9-blocks", Some(2)),
            ("3 or so-blocks", Some(3)),
            ("0-blocks", None),
            ("many-blocks", None),
            ("-blocks", None),
        ] {
            let interval_is = Interval::Blocks(blocks.and_then(NonZeroU64::new));
            assert_eq!(
                Interval::parse(interval).unwrap(),
                interval_is,
                "{interval}"
            );
        }
    }

    #[test]
    fn what_the_network_makes_no_number_of_never_comes() {
        for interval in [
            "1-months",
            "1-Blocks",
            "1 hour",
            "",
            "-5-seconds",
            "1.-seconds",
            "1.2.3-seconds",
            "1e3-seconds",
            "one-second",
            "hour",
        ] {
            assert_eq!(seconds(interval), None, "{interval:?}");
        }
        let long = format!("{}1-seconds", "0".repeat(100));
        assert_eq!(seconds(&long), None);
    }

    #[test]
    fn less_than_a_second_is_refused() {
        for interval in ["0-seconds", "999-ms", "0.5-s", "5-", "0.0001-minutes"] {
            let error = Interval::parse(interval).unwrap_err();
            assert_eq!(error.code(), "CRON_INVALID", "{interval}");
            assert!(error.to_string().contains(interval), "{error}");
        }
    }
}
