//! Whether a tick that somebody else wrote down is one that the process's tags ask for.
//!
//! When a block came is known to the unit alone whose chain it was: of a block's tick the height is checked,
//! and its time only against what is around it.

use std::num::NonZeroU64;

use ao_data_item::Tag;

use super::{Cron, Entry};
use crate::chain::Moment;

/// A gap of a log: what its ticks are counted from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gap {
    /// The place of the process itself.
    pub(crate) origin: Moment,
    /// The message at its start.
    pub(crate) left: Moment,
}

impl Cron {
    /// Checks a tick by the interval that it names; answers whether it comes by time, and not with a block.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as the end of a sentence.
    pub(crate) fn check(
        &self,
        id: &str,
        tags: &[Tag],
        at: Moment,
        gap: Gap,
    ) -> Result<bool, &'static str> {
        let mut blocks = self.by_block.iter().enumerate();
        let mut times = self.by_time.iter().enumerate();
        let is_it = |(index, entry): &(usize, &Entry)| format!("{index}-{}", entry.interval) == id;
        let named = blocks.find(is_it).or_else(|| times.find(is_it));
        let (_, entry) = named.ok_or("is of no interval of the process's cron")?;
        let is_by_time = self.by_time.iter().any(|other| std::ptr::eq(other, entry));
        if entry.tags != tags {
            return Err("has other tags than its interval");
        }
        if at.timestamp < gap.left.timestamp {
            return Err("is before the message before it");
        }
        let second = |moment: Moment| moment.timestamp / 1000;
        let counted = if is_by_time {
            if !(at.timestamp - gap.left.timestamp).is_multiple_of(1000) {
                return Err("is not whole seconds after the message before it");
            }
            (second(at), second(gap.origin))
        } else {
            (at.block_height, gap.origin.block_height)
        };
        if !is_due(counted, entry.every) {
            return Err("comes when its interval does not");
        }
        Ok(is_by_time)
    }
}

/// Whether so far from the origin is a multiple of the interval, and not the origin itself.
fn is_due((at, origin): (u64, u64), every: Option<NonZeroU64>) -> bool {
    every.is_some_and(|every| at > origin && (at - origin).is_multiple_of(every.get()))
}
