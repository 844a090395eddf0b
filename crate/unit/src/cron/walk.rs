//! The walk through the seconds of a gap, and the ticks that it comes by.
//!
//! The network's compute unit goes through a gap second by second, from the message at its left end:
//!
//! - a step looks at one second; steps keep the left message's fraction of a second, and are before `right`;
//! - a step passes at most one block: the next one whose second has come. Blocks are strictly between the ends;
//! - the intervals in blocks tick with the block that is passed, then those in seconds with the step itself;
//! - the process's own block and second are nobody's tick.
//!
//! Here nothing goes step by step: which step passes a block is a formula, and so is the number of ticks up to
//! a step. A month of seconds costs no more than the ticks that are taken.

use std::cmp::Reverse;
use std::num::NonZeroU64;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Cron, Entry, Tick};
use crate::chain::{Chain, Moment};

/// How far the ticks of a process have come since its last message.
///
/// A walk begins at each message of the log that is no tick, and goes on as time does. It never comes by the
/// same tick twice, and, if it is always taken up to a whole second, by the same ticks however often it is.
/// (Within a second, a block may be passed by the next step instead of this one.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Walk {
    /// The next step, in milliseconds since 1970.
    time: u64,
    /// The height that the last step left behind.
    height: u64,
    /// The height of the next block to pass.
    next_block: u64,
}

/// What a walk came by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ticks<'a> {
    /// The most recent ticks, in their order.
    pub(crate) ticks: Vec<Tick<'a>>,
    /// How many ticks came before these, and are not given.
    pub(crate) passed_over: u64,
}

impl Walk {
    /// The walk from a message of the log. A tick at the very time of the message comes after it.
    pub(crate) fn from(left: Moment, chain: &Chain) -> Self {
        Self {
            time: left.timestamp,
            height: left.block_height,
            // A message can be higher than the chain: it was carried from a unit with another.
            next_block: chain.first_after(left.timestamp).max(left.block_height),
        }
    }

    /// Goes on to the time `right` (milliseconds since 1970), exclusive, and gives the ticks on the way: at most
    /// the last `limit` of them. `origin` is the place of the process itself.
    pub(crate) fn advance<'a>(
        &mut self,
        cron: &'a Cron,
        origin: Moment,
        right: u64,
        chain: &Chain,
        limit: usize,
    ) -> Ticks<'a> {
        let way = Way::new(*self, cron, origin, *chain, right);
        let total = way.count_from(0);
        let taken = total.min(limit as u64);
        // The first step from which on all are taken; the one before it may be taken in part.
        let first = first_where(0..way.steps, |step| way.count_from(step) <= taken);
        let mut ticks = way.ticks_from(first.saturating_sub(1));
        ticks.drain(..ticks.len().saturating_sub(taken as usize));
        *self = way.end();
        Ticks {
            ticks,
            passed_over: total - taken,
        }
    }

    /// When the next tick comes (milliseconds since 1970), for a timer: [`Walk::advance`] gives it as soon as
    /// `right` is beyond that.
    pub(crate) fn next_due(&self, cron: &Cron, origin: Moment, chain: &Chain) -> Option<u64> {
        let way = Way::new(*self, cron, origin, *chain, self.time);
        let times = cron.by_time.iter().filter_map(|entry| {
            let step = multiples(way.seconds, 0..u64::MAX, entry.every?).next()?;
            way.time_of_step(step)
        });
        let blocks = cron.by_block.iter().filter_map(|entry| {
            let block = multiples(way.heights, 0..u64::MAX, entry.every?).next()?;
            let time = way.time_of_block(block)?;
            let passed = way.time_of_step(way.step_of_block(block)?)?;
            Some(time.max(passed))
        });
        times.chain(blocks).min()
    }
}

/// The way of a walk to its end. Its steps and the blocks to pass are counted from zero.
struct Way<'a> {
    walk: Walk,
    cron: &'a Cron,
    chain: Chain,
    /// The second of step 0 less the process's own.
    seconds: i128,
    /// The height of block 0 less the process's own.
    heights: i128,
    /// How many steps there are.
    steps: u64,
    /// How many blocks are passed.
    blocks: u64,
}

impl<'a> Way<'a> {
    fn new(walk: Walk, cron: &'a Cron, origin: Moment, chain: Chain, right: u64) -> Self {
        let mut way = Self {
            walk,
            cron,
            chain,
            seconds: i128::from(second(walk.time)) - i128::from(second(origin.timestamp)),
            heights: i128::from(walk.next_block) - i128::from(origin.block_height),
            steps: right.saturating_sub(walk.time).div_ceil(1000),
            blocks: 0,
        };
        if let Some(last) = right.checked_sub(1) {
            let before_right = chain.first_after(last).saturating_sub(walk.next_block);
            way.blocks = way.passed_before(way.steps, before_right);
        }
        way
    }

    /// The step that passes a block: not before the block's second, nor before a step is free, for each passes
    /// one. Where blocks are a second or more apart, a block waits for its second alone; where they are closer,
    /// they queue up behind the first. None beyond all time.
    fn step_of_block(&self, block: u64) -> Option<u64> {
        let wait =
            |block| Some(second(self.time_of_block(block)?).saturating_sub(second(self.walk.time)));
        let queued = wait(0)?.checked_add(block)?;
        Some(queued.max(wait(block)?))
    }

    /// How many of the first `blocks` blocks are passed before a step.
    fn passed_before(&self, step: u64, blocks: u64) -> u64 {
        first_where(0..blocks, |block| {
            self.step_of_block(block)
                .is_none_or(|passes| passes >= step)
        })
    }

    /// How many ticks there are from a step on.
    fn count_from(&self, step: u64) -> u64 {
        let passed = self.passed_before(step, self.blocks);
        let count = |first, range: Range<u64>, entry: &Entry| {
            entry
                .every
                .map_or(0, |every| count_multiples(first, range, every))
        };
        let times = self.cron.by_time.iter();
        let blocks = self.cron.by_block.iter();
        times
            .map(|entry| count(self.seconds, step..self.steps, entry))
            .chain(blocks.map(|entry| count(self.heights, passed..self.blocks, entry)))
            .fold(0, u64::saturating_add)
    }

    /// The ticks from a step on, in their order: by step, blocks first, then as the intervals are numbered.
    fn ticks_from(&self, step: u64) -> Vec<Tick<'a>> {
        let mut ticks = Vec::new();
        let passed = self.passed_before(step, self.blocks);
        for (index, entry) in self.cron.by_block.iter().enumerate() {
            let Some(every) = entry.every else { continue };
            for block in multiples(self.heights, passed..self.blocks, every) {
                let (Some(step), Some(time)) =
                    (self.step_of_block(block), self.time_of_block(block))
                else {
                    break;
                };
                let height = self.walk.next_block + block;
                ticks.push((
                    (step, Reverse(true), index),
                    tick(entry, index, time, height),
                ));
            }
        }
        for (index, entry) in self.cron.by_time.iter().enumerate() {
            let Some(every) = entry.every else { continue };
            for step in multiples(self.seconds, step..self.steps, every) {
                let Some(time) = self.time_of_step(step) else {
                    break;
                };
                let height = self.height_after(step);
                ticks.push((
                    (step, Reverse(false), index),
                    tick(entry, index, time, height),
                ));
            }
        }
        ticks.sort_by_key(|(order, _)| *order);
        ticks.into_iter().map(|(_, tick)| tick).collect()
    }

    /// The height that a step leaves behind: of the last block that was passed.
    fn height_after(&self, step: u64) -> u64 {
        match self.passed_before(step.saturating_add(1), self.blocks) {
            0 => self.walk.height,
            passed => self.walk.next_block + passed - 1,
        }
    }

    /// The walk at the way's end.
    fn end(&self) -> Walk {
        Walk {
            time: self.time_of_step(self.steps).unwrap_or(u64::MAX),
            height: self.height_after(self.steps),
            next_block: self.walk.next_block + self.blocks,
        }
    }

    fn time_of_step(&self, step: u64) -> Option<u64> {
        self.walk.time.checked_add(step.checked_mul(1000)?)
    }

    fn time_of_block(&self, block: u64) -> Option<u64> {
        self.chain.time_of(self.walk.next_block.checked_add(block)?)
    }
}

fn tick(entry: &Entry, index: usize, timestamp: u64, block_height: u64) -> Tick<'_> {
    Tick {
        timestamp,
        block_height,
        id: format!("{index}-{}", entry.interval),
        tags: &entry.tags,
    }
}

fn second(time: u64) -> u64 {
    time / 1000
}

/// The numbers `n` of a range for which `first + n` is a multiple of `every`, and not zero.
fn multiples(first: i128, range: Range<u64>, every: NonZeroU64) -> impl Iterator<Item = u64> {
    let every = i128::from(every.get());
    let start = first + i128::from(range.start);
    let start = start + (-start).rem_euclid(every);
    let end = first + i128::from(range.end);
    (0..)
        .map(move |nth| start + nth * every)
        .take_while(move |multiple| *multiple < end)
        .filter(|multiple| *multiple != 0)
        .map(move |multiple| (multiple - first) as u64)
}

/// How many those are.
fn count_multiples(first: i128, range: Range<u64>, every: NonZeroU64) -> u64 {
    if range.is_empty() {
        return 0;
    }
    let every = i128::from(every.get());
    let (start, end) = (
        first + i128::from(range.start),
        first + i128::from(range.end),
    );
    let below = |bound: i128| (bound - 1).div_euclid(every);
    let zero = i128::from(start <= 0 && 0 < end);
    (below(end) - below(start) - zero) as u64
}

/// The first number of a range from which on something holds; the range's end if it never does.
fn first_where(range: Range<u64>, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod rules;
