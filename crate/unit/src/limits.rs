//! What a process may use: its own tags say, and the unit's ceilings bound it.

use ao_data_item::Tag;

use crate::Error;
use crate::machine::Limits;
use crate::numeral::{parse_decimal, parse_int};

/// The most that a 32-bit machine can have: 65,535 pages of 64 KiB. One more, and its size would not fit a word.
const MACHINE_MEMORY: u64 = (4 << 30) - (64 << 10);

/// The most that the processes of a unit may use, each. A process that asks for more gets this much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ceilings {
    /// Bytes of memory, in all.
    pub memory: u64,
    /// Gas for one evaluation.
    pub gas: u64,
}

impl Default for Ceilings {
    /// 1 GiB, as on the network, and 100,000,000,000 gas: a minute or two of a loop without end, where the
    /// network has hours.
    fn default() -> Self {
        Self {
            memory: 1 << 30,
            gas: 100_000_000_000,
        }
    }
}

impl Ceilings {
    /// What a process with these tags may use: what `Memory-Limit` (`500-mb`) and `Compute-Limit` (gas) say,
    /// [`Limits::default`] where they are silent, and never more than the ceilings. (The network refuses a
    /// process that asks for more, so that it never runs.)
    ///
    /// # Errors
    ///
    /// [`Error::LimitInvalid`] if a tag cannot be read.
    pub fn limits(&self, tags: &[Tag]) -> Result<Limits, Error> {
        let default = Limits::default();
        let memory = read(tags, "Memory-Limit", parse_memory)?;
        let gas = read(tags, "Compute-Limit", parse_gas)?;
        Ok(Limits {
            memory: memory
                .unwrap_or(default.memory)
                .min(self.memory)
                .min(MACHINE_MEMORY),
            gas: gas.unwrap_or(default.gas).min(self.gas),
        })
    }
}

/// The value of the first tag of this name, if there is one.
fn read(
    tags: &[Tag],
    name: &'static str,
    parse: fn(&str) -> Result<u64, &'static str>,
) -> Result<Option<u64>, Error> {
    let Some(tag) = tags.iter().find(|tag| tag.name == name) else {
        return Ok(None);
    };
    parse(&tag.value)
        .map(Some)
        .map_err(|reason| Error::LimitInvalid {
            tag: name,
            value: tag.value.clone(),
            reason,
        })
}

/// The bytes of a size like `1-gb`, `500-mb` or `1.5gb`: as the npm package `bytes` reads it without the dash.
///
/// That package takes what it does not know for a number of bytes, `1-gib` for one; here it is an error.
fn parse_memory(value: &str) -> Result<u64, &'static str> {
    const UNREADABLE: &str = "write a number and a unit, b, kb, mb, gb, tb or pb, as in 500-mb";
    let value = value.replacen('-', "", 1).to_ascii_lowercase();
    let end = value
        .find(|letter: char| letter.is_ascii_alphabetic() || letter == ' ')
        .unwrap_or(value.len());
    let (number, unit) = value.split_at(end);
    let unit: f64 = match unit.trim_start_matches(' ') {
        "" | "b" => 1.0,
        "kb" => 2_f64.powi(10),
        "mb" => 2_f64.powi(20),
        "gb" => 2_f64.powi(30),
        "tb" => 2_f64.powi(40),
        "pb" => 2_f64.powi(50),
        _ => return Err(UNREADABLE),
    };
    let is_digit = |letter: char| letter.is_ascii_digit();
    if !number.starts_with(is_digit) || !number.ends_with(is_digit) {
        return Err(UNREADABLE);
    }
    let number = parse_decimal(number).ok_or(UNREADABLE)?;
    match (number * unit).floor() as u64 {
        0 => Err("a process needs some memory: leave the tag out for 256-mb"),
        bytes => Ok(bytes),
    }
}

/// Gas: the whole number that a text begins with.
fn parse_gas(value: &str) -> Result<u64, &'static str> {
    match parse_int(value) {
        None => Err("write a number of gas, as in 1000000000"),
        Some(gas) if gas < 1.0 => {
            Err("an evaluation needs some gas: leave the tag out for 1000000000")
        }
        Some(gas) => Ok(gas as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNBOUNDED: Ceilings = Ceilings {
        memory: u64::MAX,
        gas: u64::MAX,
    };

    fn limits(ceilings: Ceilings, tags: &[(&str, &str)]) -> Result<Limits, Error> {
        let tags: Vec<Tag> = tags
            .iter()
            .map(|(name, value)| Tag::new(*name, *value))
            .collect();
        ceilings.limits(&tags)
    }

    fn memory(value: &str) -> u64 {
        limits(UNBOUNDED, &[("Memory-Limit", value)])
            .unwrap()
            .memory
    }

    fn gas(value: &str) -> u64 {
        limits(UNBOUNDED, &[("Compute-Limit", value)]).unwrap().gas
    }

    #[test]
    fn a_process_that_says_nothing_gets_the_default() {
        let limits = limits(Ceilings::default(), &[("memory-limit", "1-mb")]).unwrap();
        assert_eq!((limits.memory, limits.gas), (256 << 20, 1_000_000_000));
    }

    #[test]
    fn memory_is_a_number_and_a_unit() {
        for (value, bytes) in [
            ("1-gb", 1_073_741_824),
            ("500-mb", 524_288_000),
            ("500mb", 524_288_000),
            ("500 MB", 524_288_000),
            ("64-KB", 65_536),
            ("1.5-gb", 1_610_612_736),
            ("1.9-b", 1),
            ("1048576", 1_048_576),
            ("1048576-b", 1_048_576),
        ] {
            assert_eq!(memory(value), bytes, "{value}");
        }
    }

    #[test]
    fn gas_is_a_whole_number() {
        for (value, amount) in [
            ("9000000000000", 9_000_000_000_000),
            ("1000000000 gas", 1_000_000_000),
            ("2.7", 2),
        ] {
            assert_eq!(gas(value), amount, "{value}");
        }
    }

    #[test]
    fn above_the_ceiling_is_the_ceiling() {
        let greedy = [
            ("Memory-Limit", "4-gb"),
            ("Compute-Limit", "900000000000000000"),
        ];
        let limits_at = |ceilings| limits(ceilings, &greedy).unwrap();
        let usual = limits_at(Ceilings::default());
        assert_eq!((usual.memory, usual.gas), (1 << 30, 100_000_000_000));
        let low = Ceilings {
            memory: 100,
            gas: 10,
        };
        assert_eq!((limits_at(low).memory, limits_at(low).gas), (100, 10));
        let silent = limits(low, &[]).unwrap();
        assert_eq!(
            (silent.memory, silent.gas),
            (100, 10),
            "the default as well"
        );
    }

    #[test]
    fn memory_is_never_more_than_a_machine_can_have() {
        for value in ["4-gb", "1-tb", "1-pb", "99999999999999999999-pb"] {
            assert_eq!(memory(value), 65_535 * 65_536, "{value}");
        }
    }

    #[test]
    fn the_first_of_several_tags_counts() {
        let twice = [("Memory-Limit", "1-mb"), ("Memory-Limit", "2-mb")];
        assert_eq!(limits(UNBOUNDED, &twice).unwrap().memory, 1 << 20);
    }

    #[test]
    fn what_cannot_be_read_is_refused_by_name() {
        let memories = [
            "", "much", "1-gib", "-1-mb", "1--gb", "0-mb", "1.-gb", ".5-gb", "1.2.3", "inf",
            "1e3-mb",
        ];
        let gases = ["", "much", "0", "-5"];
        let memories = memories.map(|value| ("Memory-Limit", value));
        for (tag, value) in memories
            .into_iter()
            .chain(gases.map(|value| ("Compute-Limit", value)))
        {
            let error = limits(UNBOUNDED, &[(tag, value)]).unwrap_err();
            assert_eq!(error.code(), "LIMIT_INVALID", "{tag} {value:?}");
            let text = error.to_string();
            assert!(
                text.contains(tag) && text.contains(&format!("{value:?}")),
                "{text}"
            );
        }
    }
}
