//! The virtual chain: which height it has at a time, so that processes see blocks come without a network.

use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};

/// A chain whose blocks come at even intervals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Chain {
    /// The height of its first block, and of any time before that.
    pub start_height: u64,
    /// When its first block came, in milliseconds since 1970.
    pub start_time: u64,
    /// The time from one block to the next, in milliseconds.
    pub interval: NonZeroU64,
}

/// A time, and the height of the chain then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Moment {
    /// In milliseconds since 1970.
    pub(crate) timestamp: u64,
    /// In blocks.
    pub(crate) block_height: u64,
}

impl Default for Chain {
    /// About Arweave's heights since 2025: a block every two minutes.
    fn default() -> Self {
        Self {
            start_height: 1_500_000,
            start_time: 1_735_689_600_000,
            interval: NonZeroU64::MIN.saturating_add(119_999),
        }
    }
}

impl Chain {
    /// The height at a time (milliseconds since 1970).
    pub(crate) fn height_at(&self, time: u64) -> u64 {
        self.start_height
            .saturating_add(time.saturating_sub(self.start_time) / self.interval)
    }

    /// When the block of a height came or comes, in milliseconds since 1970; none if that is beyond all time.
    pub(crate) fn time_of(&self, height: u64) -> Option<u64> {
        height
            .saturating_sub(self.start_height)
            .checked_mul(self.interval.get())?
            .checked_add(self.start_time)
    }

    /// The height of the first block that comes after a time.
    pub(crate) fn first_after(&self, time: u64) -> u64 {
        if time < self.start_time {
            self.start_height
        } else {
            self.height_at(time).saturating_add(1)
        }
    }

    /// The moment of a time.
    pub(crate) fn moment(&self, timestamp: u64) -> Moment {
        Moment {
            timestamp,
            block_height: self.height_at(timestamp),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_comes_every_two_minutes() {
        let chain = Chain::default();
        assert_eq!(chain.interval.get(), 120_000);
        for (time, height) in [
            (0, 1_500_000),
            (1_735_689_600_000, 1_500_000),
            (1_735_689_600_000 + 119_999, 1_500_000),
            (1_735_689_600_000 + 120_000, 1_500_001),
        ] {
            assert_eq!(chain.height_at(time), height, "at {time}");
        }
    }

    #[test]
    fn a_block_is_the_first_moment_of_its_height() {
        let chain = Chain::default();
        for height in [1_500_000, 1_500_001, 2_000_000] {
            let time = chain.time_of(height).unwrap();
            assert_eq!(chain.height_at(time), height);
            assert_eq!(chain.first_after(time - 1), height);
            assert_eq!(chain.first_after(time), height + 1);
        }
    }

    #[test]
    fn no_time_and_no_height_is_too_large() {
        let chain = Chain::default();
        assert_eq!(chain.time_of(u64::MAX), None);
        assert!(chain.first_after(u64::MAX) > chain.start_height);
        let last = Chain {
            start_height: u64::MAX,
            ..chain
        };
        assert_eq!(last.height_at(u64::MAX), u64::MAX);
    }
}
