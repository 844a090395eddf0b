//! What whoever opens a unit may choose.

use crate::chain::Chain;
use crate::checkpoint::Policy;
use crate::limits::Ceilings;

/// How a unit works. The defaults are meant for a page.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The chain whose blocks the unit counts.
    pub chain: Chain,
    /// What a process gets that asks for no limits, and the most that it gets.
    pub limits: Ceilings,
    /// So many messages may follow from one cause, before it is paused.
    pub budget: u64,
    /// So many ticks of a process's cron are made up for, at most, when it could not tick for a while.
    pub catch_up: usize,
    /// When checkpoints are written.
    pub checkpoints: Policy,
    /// So many machines are live at most. Each reserves address space for all the memory that it may use;
    /// browsers give a page room for about a hundred.
    pub live: usize,
    /// So many bytes of memory live machines have together at most, with the images to which they go back when
    /// an evaluation fails. The machine that is at work is not put to rest for it.
    pub live_memory: u64,
    /// Whether tests may do what nobody else may: write messages without a signature, and hold deliveries back.
    pub testing: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            chain: Chain::default(),
            limits: Ceilings::default(),
            budget: 10_000,
            catch_up: 1_000,
            checkpoints: Policy::default(),
            live: 48,
            live_memory: 1 << 30,
            testing: false,
        }
    }
}
