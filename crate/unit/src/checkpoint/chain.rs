//! Chains: a base and the checkpoints that build on it.

use crate::store::CheckpointHead;

/// A chain with more checkpoints behind its base than this begins again.
const LONGEST: u32 = 16;

/// The chain that a baseline continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    /// Where it begins.
    pub(super) base: u64,
    /// Where its last checkpoint is …
    pub(super) at: u64,
    /// … and that one's checksum.
    pub(super) checksum: u64,
    /// How many bytes the base has.
    pub(super) base_size: u64,
    /// How many bytes those behind it have.
    pub(super) rest_size: u64,
    /// How many are behind it.
    pub(super) rest: u32,
}

impl Chain {
    /// The chain that a base of this size begins.
    pub(super) fn begin(at: u64, checksum: u64, size: u64) -> Self {
        Self {
            base: at,
            at,
            checksum,
            base_size: size,
            rest_size: 0,
            rest: 0,
        }
    }

    /// The chain with one more checkpoint.
    pub(super) fn with(self, at: u64, checksum: u64, size: u64) -> Self {
        Self {
            at,
            checksum,
            rest_size: self.rest_size + size,
            rest: self.rest + 1,
            ..self
        }
    }

    /// Whether it is time for another base: restoring would read more of changes than a base has, or
    /// depend on too many pieces.
    pub(super) fn is_worn(&self) -> bool {
        self.rest_size > self.base_size || self.rest >= LONGEST
    }
}

/// The places of stored checkpoints that nobody needs once `added` is stored beside them: those of all
/// chains but the newest two. The one before the newest stays whole, because its last point, to which one
/// falls back when the newest chain is damaged, builds on all of it.
pub fn prunable(stored: &[CheckpointHead], added: &CheckpointHead) -> Vec<u64> {
    let others = stored
        .iter()
        .filter(|head| head.at != added.at && head.base != added.base);
    let before = others.clone().map(|head| head.base).max();
    others
        .filter(|head| Some(head.base) != before)
        .map(|head| head.at)
        .collect()
}

/// The last of these checkpoints, which are in the order of the log, and what it builds on, base first.
pub(super) fn newest(heads: &[CheckpointHead]) -> Vec<CheckpointHead> {
    let base = heads.last().map(|newest| newest.base);
    let links = heads.iter().filter(|head| Some(head.base) == base);
    links.copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(at: u64, base: u64) -> CheckpointHead {
        CheckpointHead {
            at,
            base,
            memory: 4096,
            size: 100,
        }
    }

    #[test]
    fn a_chain_is_worn_when_its_changes_outweigh_its_base() {
        let chain = Chain::begin(10, 0, 1000).with(20, 0, 600);
        assert!(!chain.is_worn());
        assert!(!chain.with(30, 0, 400).is_worn());
        assert!(chain.with(30, 0, 401).is_worn());
    }

    #[test]
    fn a_chain_is_worn_when_it_is_long() {
        let mut chain = Chain::begin(0, 0, 1_000_000);
        for at in 1..=16 {
            assert!(!chain.is_worn(), "at {at}");
            chain = chain.with(at, 0, 1);
        }
        assert!(chain.is_worn());
        assert_eq!((chain.base, chain.at), (0, 16));
    }

    #[test]
    fn a_chain_that_goes_on_makes_nothing_superfluous() {
        let stored = [head(10, 10), head(20, 10), head(30, 30)];
        assert!(prunable(&stored, &head(40, 30)).is_empty());
        assert!(prunable(&[], &head(40, 40)).is_empty());
    }

    #[test]
    fn the_newest_chain_and_the_one_before_are_kept() {
        let stored = [head(10, 10), head(20, 10), head(30, 30), head(40, 30)];
        assert_eq!(prunable(&stored, &head(50, 50)), [10, 20]);
        assert!(prunable(&stored[2..], &head(50, 50)).is_empty());
    }

    #[test]
    fn a_base_in_the_place_of_another_checkpoint_keeps_the_rest_of_that_chain() {
        let stored = [head(10, 10), head(30, 30), head(40, 30)];
        assert_eq!(prunable(&stored, &head(40, 40)), [10]);
    }
}
