//! Every rule of the network's walk by name.

use std::num::NonZeroU64;

use ao_data_item::Tag;

use super::*;

/// A chain with a block at every whole minute.
fn chain() -> Chain {
    every(60_000)
}

pub(super) fn every(interval: u64) -> Chain {
    Chain {
        start_height: 100,
        start_time: 0,
        interval: NonZeroU64::new(interval).unwrap(),
    }
}

pub(super) fn cron(intervals: &[&str]) -> Cron {
    let tags: Vec<Tag> = intervals
        .iter()
        .map(|interval| Tag::new("Cron-Interval", *interval))
        .collect();
    Cron::parse(&tags).unwrap()
}

/// The ticks of a gap as `time@height id`.
fn between(intervals: &[&str], origin: u64, left: u64, right: u64) -> Vec<String> {
    let chain = chain();
    let cron = cron(intervals);
    let (origin, left) = (chain.moment(origin), chain.moment(left));
    let ticks = cron.ticks_between(origin, left, right, &chain, usize::MAX);
    assert_eq!(ticks.passed_over, 0);
    let tell = |tick: &Tick<'_>| format!("{}@{} {}", tick.timestamp, tick.block_height, tick.id);
    ticks.ticks.iter().map(tell).collect()
}

type Rule<'a> = (&'a str, &'a [&'a str], [u64; 3], &'a [&'a str]);

/// A rule, the intervals, then the times of the process, of the left and of the right end, and what comes.
const RULES: &[Rule<'_>] = &[
    (
        "a time ticks at its multiples, from the process's second",
        &["2-seconds"],
        [10_000, 10_000, 16_000],
        &["12000@100 0-2-seconds", "14000@100 0-2-seconds"],
    ),
    (
        "the process's own second has no tick",
        &["1-second"],
        [10_000, 10_000, 11_000],
        &[],
    ),
    (
        "the left end is within",
        &["5-seconds"],
        [10_000, 15_000, 16_000],
        &["15000@100 0-5-seconds"],
    ),
    (
        "the right end is not",
        &["5-seconds"],
        [10_000, 11_000, 15_000],
        &[],
    ),
    (
        "ticks keep the left message's fraction of a second",
        &["5-seconds"],
        [10_000, 11_250, 16_000],
        &["15250@100 0-5-seconds"],
    ),
    (
        "the fraction of the process's time does not count",
        &["5-seconds"],
        [10_999, 11_000, 16_000],
        &["15000@100 0-5-seconds"],
    ),
    (
        "two messages within a second both find its tick",
        &["5-seconds"],
        [10_000, 15_700, 15_900],
        &["15700@100 0-5-seconds"],
    ),
    (
        "a block ticks at its own time",
        &["1-block"],
        [10_000, 10_500, 61_000],
        &["60000@101 0-1-block"],
    ),
    (
        "a block at the left end's time is not in the gap",
        &["1-block"],
        [10_000, 60_000, 90_000],
        &[],
    ),
    (
        "a block at the right end's time is not either",
        &["1-block"],
        [10_000, 59_000, 60_000],
        &[],
    ),
    (
        "a block that no step reaches before the right end is lost",
        &["1-block"],
        [10_000, 59_100, 60_050],
        &[],
    ),
    (
        "blocks tick at multiples of the distance from the process's block",
        &["2-blocks"],
        [70_000, 70_000, 310_000],
        &["180000@103 0-2-blocks", "300000@105 0-2-blocks"],
    ),
    (
        "blocks come before times, though their time may be later",
        &["60-seconds", "1-block"],
        [0, 59_500, 61_000],
        &["60000@101 0-1-block", "60500@101 0-60-seconds"],
    ),
    (
        "shorter times come first, and are numbered so",
        &["60-seconds", "30-seconds"],
        [0, 59_000, 61_000],
        &["60000@101 0-30-seconds", "60000@101 1-60-seconds"],
    ),
    (
        "equal times come in the order of the tags",
        &["60-seconds", "1-minute"],
        [0, 59_000, 61_000],
        &["60000@101 0-60-seconds", "60000@101 1-1-minute"],
    ),
    (
        "blocks come in the order of the tags, and are numbered apart from times",
        &["1-minute", "2-blocks", "1-block"],
        [0, 119_000, 121_000],
        &[
            "120000@102 0-2-blocks",
            "120000@102 1-1-block",
            "120000@102 0-1-minute",
        ],
    ),
    (
        "a time has the height of the block that was passed last",
        &["45-seconds"],
        [0, 1_000, 91_000],
        &["45000@100 0-45-seconds", "90000@101 0-45-seconds"],
    ),
    (
        "the interval stands in the id as it was written",
        &[" 2 -s"],
        [0, 2_000, 3_000],
        &["2000@100 0- 2 -s"],
    ),
    (
        "what cannot be read never comes, and keeps its number",
        &["some-blocks", "1-block", "1-months", "0-blocks"],
        [0, 59_000, 61_000],
        &["60000@101 1-1-block"],
    ),
    (
        "a gap that is empty or turned round has no ticks",
        &["1-second", "1-block"],
        [0, 61_000, 5_000],
        &[],
    ),
];

#[test]
fn every_rule_of_the_network_holds() {
    for (rule, intervals, [origin, left, right], expected) in RULES {
        assert_eq!(
            between(intervals, *origin, *left, *right),
            *expected,
            "{rule}"
        );
    }
}

#[test]
fn a_step_passes_one_block_at_most() {
    // Blocks 400 ms apart queue up behind the steps; their times stay their own.
    let (cron, chain) = (cron(&["1-block"]), every(400));
    let origin = chain.moment(0);
    let ticks = cron.ticks_between(origin, chain.moment(0), 3_000, &chain, usize::MAX);
    let times: Vec<u64> = ticks.ticks.iter().map(|tick| tick.timestamp).collect();
    assert_eq!(times, [400, 800, 1200]);
}

#[test]
fn ticks_carry_the_tags_of_their_interval() {
    let tags = [
        Tag::new("Cron-Interval", "1-second"),
        Tag::new("Cron-Tag-Action", "Tick"),
    ];
    let cron = Cron::parse(&tags).unwrap();
    let chain = chain();
    let ticks = cron.ticks_between(chain.moment(0), chain.moment(1_000), 2_000, &chain, 1);
    assert_eq!(ticks.ticks[0].tags, [Tag::new("Action", "Tick")]);
}

#[test]
fn the_last_ticks_of_a_long_gap_are_given_and_the_others_counted() {
    const MONTH: u64 = 30 * 24 * 3_600_000;
    let (cron, chain) = (cron(&["1-second", "1-minute", "1-block"]), chain());
    let start = chain.moment(500);
    let ticks = cron.ticks_between(start, start, 500 + MONTH, &chain, 4);
    let seconds = MONTH / 1000 - 1;
    let minutes = (MONTH / 1000).div_ceil(60) - 1;
    assert_eq!(ticks.passed_over + 4, seconds + 2 * minutes);
    let times: Vec<u64> = ticks.ticks.iter().map(|tick| tick.timestamp).collect();
    assert_eq!(times, [4, 3, 2, 1].map(|ago| 500 + MONTH - ago * 1000));
    let none = cron.ticks_between(start, start, 500 + MONTH, &chain, 0);
    assert_eq!(
        (none.ticks.len(), none.passed_over),
        (0, ticks.passed_over + 4)
    );
}

#[test]
fn nothing_is_too_far_away() {
    let far = cron(&[
        "1-second",
        "99999999999999999999-years",
        "99999999999999999999-blocks",
    ]);
    let chain = chain();
    let start = chain.moment(0);
    let ticks = far.ticks_between(start, start, u64::MAX, &chain, 1);
    assert_eq!(ticks.passed_over, u64::MAX / 1000 - 1);
    let mut walk = Walk::from(chain.moment(u64::MAX), &chain);
    assert_eq!(walk.next_due(&far, start, &chain), Some(u64::MAX));
    assert_eq!(
        walk.advance(&far, start, u64::MAX, &chain, 1),
        Ticks::default()
    );
    let never = cron(&["99999999999999999999-blocks", "1-months"]);
    assert_eq!(
        Walk::from(start, &chain).next_due(&never, start, &chain),
        None
    );
}

#[test]
fn a_timer_is_told_when_the_next_tick_comes() {
    let chain = chain();
    let due = |intervals: &[&str], left| {
        let walk = Walk::from(chain.moment(left), &chain);
        walk.next_due(&cron(intervals), chain.moment(10_000), &chain)
    };
    assert_eq!(due(&["5-seconds"], 10_250), Some(15_250));
    assert_eq!(
        due(&["5-seconds"], 15_250),
        Some(15_250),
        "with the message itself"
    );
    assert_eq!(
        due(&["1-hour", "1-block"], 10_250),
        Some(60_250),
        "at the step that passes it"
    );
    assert_eq!(due(&["1-block"], 10_000), Some(60_000));
    assert_eq!(due(&["1-months"], 10_250), None);
    assert_eq!(due(&[], 10_250), None);
}

#[test]
fn a_walk_can_be_kept_and_taken_up_again() {
    let (cron, chain) = (cron(&["1-second", "1-block"]), chain());
    let origin = chain.moment(0);
    let mut walk = Walk::from(chain.moment(58_000), &chain);
    let before = walk.advance(&cron, origin, 60_000, &chain, 9).ticks.len();
    let kept = serde_json::to_string(&walk).unwrap();
    let mut walk: Walk = serde_json::from_str(&kept).unwrap();
    let after = walk.advance(&cron, origin, 62_000, &chain, 9).ticks.len();
    assert_eq!((before, after), (2, 3));
}
