//! Cron: the messages that a process gets by the clock, as its tags ask for.

mod interval;
mod rightful;
mod walk;

use std::num::NonZeroU64;

use ao_data_item::Tag;

use crate::Error;
#[cfg(test)]
use crate::chain::{Chain, Moment};
use interval::Interval;

pub(crate) use rightful::Gap;
#[cfg(test)]
pub(crate) use walk::Ticks;
pub(crate) use walk::Walk;

/// What a process asks for by its tags `Cron-Interval` and `Cron-Tag-…`.
///
/// Everything in this module follows the network's compute unit (`loadMessages.js`): its order, its rounding
/// and its silence about intervals that it cannot read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cron {
    /// What comes with blocks, in the order of the tags.
    by_block: Vec<Entry>,
    /// What comes with seconds: the shorter interval first, equal ones in the order of the tags.
    by_time: Vec<Entry>,
}

/// One interval, and what comes at it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    /// The tag's value, as it stands there.
    interval: String,
    /// Its length in blocks or seconds; none if it cannot be read, and so never comes.
    every: Option<NonZeroU64>,
    /// The tags of the messages that come.
    tags: Vec<Tag>,
}

/// A message that a process gets by the clock: from its owner, with tags alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tick<'a> {
    /// When it comes, in milliseconds since 1970.
    pub(crate) timestamp: u64,
    /// The height of the chain then.
    pub(crate) block_height: u64,
    /// `index-interval`: which interval among those of its kind (blocks, or times from the shortest) it is of.
    /// Unique together with `timestamp`, but for intervals in the same words.
    pub(crate) id: String,
    /// The tags that it has.
    pub(crate) tags: &'a [Tag],
}

impl Cron {
    /// Reads the tags of a process.
    ///
    /// # Errors
    ///
    /// [`Error::CronInvalid`] if an interval is shorter than a second; [`Error::CronUnmatched`] if a
    /// `Cron-Tag-…` stands before every `Cron-Interval`.
    pub(crate) fn parse(tags: &[Tag]) -> Result<Self, Error> {
        let mut entries: Vec<(Interval, Entry)> = Vec::new();
        for tag in tags {
            if tag.name == "Cron-Interval" {
                let interval = Interval::parse(&tag.value)?;
                let entry = Entry {
                    interval: tag.value.clone(),
                    every: interval.length(),
                    tags: Vec::new(),
                };
                entries.push((interval, entry));
            } else if let Some(name) = name_within(&tag.name) {
                let (_, entry) = entries.last_mut().ok_or_else(|| Error::CronUnmatched {
                    tag: tag.name.clone(),
                })?;
                entry.tags.push(Tag::new(name, &tag.value));
            }
        }
        let mut cron = Self::default();
        for (interval, entry) in entries {
            match interval {
                Interval::Blocks(_) => cron.by_block.push(entry),
                Interval::Seconds(_) => cron.by_time.push(entry),
            }
        }
        // The network sorts unreadable intervals wherever they happen to fall; here they come last.
        cron.by_time
            .sort_by_key(|entry| entry.every.map_or(u64::MAX, NonZeroU64::get));
        Ok(cron)
    }

    /// Whether nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.by_block.is_empty() && self.by_time.is_empty()
    }

    /// The intervals that cannot be read. They never come, and the network says nothing of it; here it is
    /// told.
    pub(crate) fn silent(&self) -> impl Iterator<Item = &str> {
        let entries = self.by_block.iter().chain(&self.by_time);
        entries
            .filter(|entry| entry.every.is_none())
            .map(|entry| entry.interval.as_str())
    }

    /// The ticks of a gap in the log of a process: from `left`, the message at its start, to the time `right`
    /// of the message at its end. At most the last `limit` are given; how many came before them is said.
    ///
    /// `origin` is the place of the process itself. A gap that stays open is followed by a [`Walk`].
    #[cfg(test)]
    pub(crate) fn ticks_between(
        &self,
        origin: Moment,
        left: Moment,
        right: u64,
        chain: &Chain,
        limit: usize,
    ) -> Ticks<'_> {
        Walk::from(left, chain).advance(self, origin, right, chain, limit)
    }
}

/// The name of the tag that a `Cron-Tag-…` gives to its messages: `/^Cron-Tag-(.+)$/`.
fn name_within(name: &str) -> Option<&str> {
    let ends_lines = |letter| matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}');
    name.strip_prefix("Cron-Tag-")
        .filter(|name| !name.is_empty() && !name.contains(ends_lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn tags(tags: &[(&str, &str)]) -> Vec<Tag> {
        tags.iter()
            .map(|(name, value)| Tag::new(*name, *value))
            .collect()
    }

    fn intervals(entries: &[Entry]) -> Vec<&str> {
        entries
            .iter()
            .map(|entry| entry.interval.as_str())
            .collect()
    }

    #[test]
    fn a_tag_belongs_to_the_interval_before_it() {
        let cron = Cron::parse(&tags(&[
            ("Name", "ticker"),
            ("Cron-Interval", "5-minutes"),
            ("Cron-Tag-Action", "Tick"),
            ("Cron-Tag-X", "1"),
            ("Cron-Interval", "10-blocks"),
            ("Module", "m"),
            ("Cron-Tag-Action", "Block"),
        ]))
        .unwrap();
        assert_eq!(
            cron.by_time[0].tags,
            tags(&[("Action", "Tick"), ("X", "1")])
        );
        assert_eq!(cron.by_block[0].tags, tags(&[("Action", "Block")]));
    }

    #[test]
    fn a_process_without_cron_tags_asks_for_nothing() {
        // A `Cron-Tag-` without a name, and other spellings, are tags like any other.
        let others = [
            ("Cron-Tag-", "a"),
            ("cron-interval", "1-second"),
            ("Cron-Tag", "b"),
        ];
        assert!(Cron::parse(&tags(&others)).unwrap().is_empty());
    }

    #[test]
    fn a_tag_before_every_interval_is_refused() {
        let unmatched = tags(&[("Cron-Tag-Action", "Tick"), ("Cron-Interval", "1-second")]);
        let error = Cron::parse(&unmatched).unwrap_err();
        assert_eq!(error.code(), "CRON_UNMATCHED");
        let text = error.to_string();
        assert!(
            text.starts_with("Unmatched Cron-Tag with no preceding Cron-Interval: Cron-Tag-Action"),
            "{text}"
        );
    }

    #[test]
    fn an_interval_of_less_than_a_second_is_refused() {
        let error = Cron::parse(&tags(&[("Cron-Interval", "0-seconds")])).unwrap_err();
        assert_eq!(error.code(), "CRON_INVALID");
        assert!(error.to_string().contains("0-seconds"), "{error}");
    }

    #[test]
    fn times_are_ordered_by_length_and_blocks_as_they_stand() {
        let cron = Cron::parse(&tags(&[
            ("Cron-Interval", "1-hour"),
            ("Cron-Interval", "7-blocks"),
            ("Cron-Interval", "1-minute"),
            ("Cron-Interval", "2-blocks"),
            ("Cron-Interval", "60-seconds"),
            ("Cron-Interval", "5-seconds"),
        ]))
        .unwrap();
        assert_eq!(
            intervals(&cron.by_time),
            ["5-seconds", "1-minute", "60-seconds", "1-hour"]
        );
        assert_eq!(intervals(&cron.by_block), ["7-blocks", "2-blocks"]);
    }

    #[test]
    fn what_never_comes_is_named() {
        let cron = Cron::parse(&tags(&[
            ("Cron-Interval", "1-months"),
            ("Cron-Interval", "5-seconds"),
            ("Cron-Interval", "some-blocks"),
            ("Cron-Interval", "1 hour"),
        ]))
        .unwrap();
        let silent: Vec<&str> = cron.silent().collect();
        assert_eq!(silent, ["some-blocks", "1-months", "1 hour"]);
    }
}
