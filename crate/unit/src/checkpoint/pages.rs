//! Pages of memory, and what they were when they were last stored.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::chain::Chain;

/// The unit of change, in bytes. A message touches about eight of this size.
pub(super) const PAGE: usize = 4096;

/// What a machine's memory was when its last checkpoint was captured, as one hash for each page.
#[derive(Clone, Debug)]
pub struct Baseline {
    seed: u64,
    zero: u64,
    pub(super) hashes: Vec<u64>,
    pub(super) chain: Option<Chain>,
}

impl Baseline {
    /// The baseline of a process of which nothing is stored: what is captured against it is a base.
    ///
    /// `seed` is random and nobody else's: who knew it could make two pages that have the same hash.
    pub fn blank(seed: u64) -> Self {
        Self {
            seed,
            zero: xxh3_64_with_seed(&[0; PAGE], seed),
            hashes: Vec::new(),
            chain: None,
        }
    }

    /// How many entries of the log the last checkpoint has evaluated, if there is one.
    pub fn at(&self) -> Option<u64> {
        self.chain.map(|chain| chain.at)
    }

    /// The same with nothing stored.
    pub(super) fn forgotten(&self) -> Self {
        self.with(Vec::new(), None)
    }

    /// The same with this stored.
    pub(super) fn with(&self, hashes: Vec<u64>, chain: Option<Chain>) -> Self {
        Self {
            hashes,
            chain,
            ..*self
        }
    }

    pub(super) fn hash(&self, page: &[u8]) -> u64 {
        xxh3_64_with_seed(page, self.seed)
    }

    /// The hash of a page without content.
    pub(super) fn zero(&self) -> u64 {
        self.zero
    }

    /// The hash of a page as it was. Memory that was not there is zero.
    pub(super) fn before(&self, page: usize) -> u64 {
        self.hashes.get(page).copied().unwrap_or(self.zero)
    }
}
