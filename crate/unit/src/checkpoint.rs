//! Checkpoints: the states of a process at places of its log, stored so that the log need not be evaluated
//! again from its beginning. They are shortcuts: one that is damaged is discarded, and the log replayed.
//!
//! A checkpoint is incremental. The first of a **chain**, its base, has every page of the machine's memory
//! that is not zero; each that follows has the pages that changed since the one before. What was stored
//! last is known by a hash of each page, the [`Baseline`], so that there is no second copy of the memory;
//! and neither capturing nor restoring ever holds the whole of it.
//!
//! ```text
//! evaluate … policy.is_due(…) → capture(machine, stamp, at, &baseline) → Batch.checkpoints, Batch.pruned
//! open → restore(store, host, process, …) → a machine at `at`, the log is evaluated from there
//! ```

mod capture;
mod restore;

mod chain;
mod policy;

mod damage;
mod encoding;
mod pages;

#[cfg(test)]
mod tests;

pub use capture::{Capture, capture};
pub use chain::prunable;
pub use damage::Damage;
pub use pages::Baseline;
pub use policy::{Pending, Policy};
pub use restore::{AloneError, Discarded, Point, Restored, restore, restore_alone};
