//! What is known of a process's checkpoints, and what has happened since the last.

use crate::checkpoint::{Baseline, Pending, Policy, capture, prunable};
use crate::machine::Machine;
use crate::store::{Checkpoint, CheckpointHead};

/// The checkpoints of one process.
pub(super) struct Keeper {
    /// The memory as the last checkpoint has it.
    baseline: Baseline,
    /// Those that are stored.
    heads: Vec<CheckpointHead>,
    /// How many messages were evaluated since the last one …
    evaluations: u64,
    /// … of how many bytes …
    bytes: u64,
    /// … and when the last of them was, in milliseconds since 1970.
    active_at: u64,
}

impl Keeper {
    /// Of a process that has none.
    pub(super) fn new(seed: u64) -> Self {
        Self::of(Baseline::blank(seed), Vec::new())
    }

    /// Of a process whose machine was restored from the last of these.
    pub(super) fn of(baseline: Baseline, heads: Vec<CheckpointHead>) -> Self {
        Self {
            baseline,
            heads,
            evaluations: 0,
            bytes: 0,
            active_at: 0,
        }
    }

    /// So many messages of so many bytes were evaluated.
    pub(super) fn note(&mut self, evaluations: u64, bytes: u64, now: u64) {
        self.evaluations += evaluations;
        self.bytes += bytes;
        self.active_at = now;
    }

    /// Whether there is anything that the last checkpoint does not have.
    pub(super) fn is_behind(&self) -> bool {
        self.evaluations > 0
    }

    /// Whether a checkpoint is due.
    pub(super) fn is_due(&self, policy: &Policy, now: u64) -> bool {
        policy.is_due(&Pending {
            evaluations: self.evaluations,
            bytes: self.bytes,
            idle_ms: now.saturating_sub(self.active_at),
        })
    }

    /// When one will be due if nothing else happens, in milliseconds since 1970.
    pub(super) fn due_at(&self, policy: &Policy) -> Option<u64> {
        self.is_behind()
            .then(|| self.active_at.saturating_add(policy.idle_ms))
    }

    /// A checkpoint of a machine that has evaluated `at` entries of its log, and the places of those that
    /// nobody needs once it is stored.
    pub(super) fn capture<M: Machine>(
        &mut self,
        machine: &M,
        stamp: [u8; 32],
        at: u64,
    ) -> (Checkpoint, Vec<u64>) {
        let captured = capture(machine, stamp, at, &self.baseline);
        let head = captured.checkpoint.head();
        let pruned = prunable(&self.heads, &head);
        self.heads.retain(|head| !pruned.contains(&head.at));
        self.heads.push(head);
        self.baseline = captured.baseline;
        (self.evaluations, self.bytes) = (0, 0);
        (captured.checkpoint, pruned)
    }
}
