//! The walk against a plain transcription of the network's.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::rules::{cron, every};
use super::*;

/// The network's loop, as it stands in its compute unit: slow and plain.
fn naive(
    cron: &Cron,
    origin: Moment,
    left: Moment,
    right: u64,
    chain: &Chain,
) -> Vec<(u64, u64, String)> {
    let meets = |distance: u64, entry: &Entry| {
        distance != 0
            && entry
                .every
                .is_some_and(|every| distance.is_multiple_of(every.get()))
    };
    let mut ticks = Vec::new();
    let mut blocks = (chain.start_height..)
        .map(|height| (height, chain.time_of(height).unwrap()))
        .skip_while(|(_, time)| *time <= left.timestamp)
        .take_while(|(_, time)| *time < right)
        .peekable();
    let mut height = left.block_height;
    let mut time = left.timestamp;
    while time < right {
        if let Some((passed, at)) = blocks.next_if(|(_, at)| time / 1000 >= at / 1000) {
            height = passed;
            for (index, entry) in cron.by_block.iter().enumerate() {
                if meets(height.abs_diff(origin.block_height), entry) {
                    ticks.push((at, height, format!("{index}-{}", entry.interval)));
                }
            }
        }
        for (index, entry) in cron.by_time.iter().enumerate() {
            if meets((time / 1000).abs_diff(origin.timestamp / 1000), entry) {
                ticks.push((time, height, format!("{index}-{}", entry.interval)));
            }
        }
        time += 1000;
    }
    ticks
}

fn told(ticks: Ticks<'_>) -> Vec<(u64, u64, String)> {
    ticks
        .ticks
        .into_iter()
        .map(|tick| (tick.timestamp, tick.block_height, tick.id))
        .collect()
}

fn some_cron() -> impl Strategy<Value = Cron> {
    let interval = (
        1_u64..40,
        select(vec!["seconds", "blocks", "s", "block", "months"]),
    );
    vec(interval, 0..5).prop_map(|intervals| {
        let intervals: Vec<String> = intervals
            .into_iter()
            .map(|(value, unit)| format!("{value}-{unit}"))
            .collect();
        cron(&intervals.iter().map(String::as_str).collect::<Vec<_>>())
    })
}

fn some_chain() -> impl Strategy<Value = Chain> {
    let interval = select(vec![1_u64, 300, 999, 1000, 1001, 1999, 2500, 30_000]);
    (interval, 0_u64..20_000).prop_map(|(interval, start_time)| Chain {
        start_time,
        ..every(interval)
    })
}

proptest! {
    #[test]
    fn the_walk_is_the_networks(
        cron in some_cron(),
        chain in some_chain(),
        [origin, left, length] in [0_u64..40_000, 0_u64..40_000, 0_u64..150_000],
        apart in 0_u64..3,
        limit in 0_usize..20,
    ) {
        // Heights of elsewhere, as of a process that was imported, are as good.
        let mut origin = chain.moment(origin);
        origin.block_height += apart;
        let left = chain.moment(left);
        let right = left.timestamp + length;

        let expected = naive(&cron, origin, left, right, &chain);
        let all = cron.ticks_between(origin, left, right, &chain, usize::MAX);
        prop_assert_eq!(all.passed_over, 0);
        prop_assert_eq!(&told(all), &expected);

        let last = cron.ticks_between(origin, left, right, &chain, limit);
        let over = expected.len().saturating_sub(limit);
        prop_assert_eq!(last.passed_over, over as u64);
        prop_assert_eq!(&told(last), &expected[over..]);
    }

    #[test]
    fn the_ticks_are_the_same_however_often_the_walk_is_taken_up(
        cron in some_cron(),
        chain in some_chain(),
        [origin, left] in [0_u64..40_000, 0_u64..40_000],
        stops in vec(0_u64..20, 1..8),
    ) {
        let (origin, left) = (chain.moment(origin), chain.moment(left));
        let mut walk = Walk::from(left, &chain);
        let mut ticks = Vec::new();
        let mut right = left.timestamp - left.timestamp % 1000;
        for stop in stops {
            right += stop * 1000;
            ticks.extend(told(walk.advance(&cron, origin, right, &chain, usize::MAX)));
        }
        prop_assert_eq!(ticks, naive(&cron, origin, left, right, &chain));
    }

    #[test]
    fn a_timer_set_to_the_next_tick_neither_misses_nor_repeats_one(
        cron in some_cron(),
        chain in some_chain(),
        [origin, left] in [0_u64..40_000, 0_u64..40_000],
    ) {
        let (origin, left) = (chain.moment(origin), chain.moment(left));
        let mut walk = Walk::from(left, &chain);
        let end = left.timestamp + 60_000;
        let mut ticks = Vec::new();
        while let Some(due) = walk.next_due(&cron, origin, &chain).filter(|due| *due < end) {
            let mut early = walk;
            let before = told(early.advance(&cron, origin, due, &chain, usize::MAX));
            prop_assert_eq!(before, vec![], "nothing comes before it is due");
            let came = told(walk.advance(&cron, origin, due + 1, &chain, usize::MAX));
            prop_assert!(!came.is_empty(), "something comes when it is due");
            ticks.extend(came);
        }
        // Within a second a block may come one step later than in one go, and the last have no step left.
        let expected = naive(&cron, origin, left, end, &chain);
        let key = |(time, _, id): &(u64, u64, String)| (*time, id.clone());
        let given: BTreeSet<_> = ticks.iter().map(key).collect();
        let wanted: BTreeSet<_> = expected.iter().map(key).collect();
        prop_assert!(given.is_subset(&wanted));
        let late = wanted.difference(&given).map(|(time, _)| time).collect::<BTreeSet<_>>();
        prop_assert!(late.len() <= 1, "{:?}", late);
    }
}
