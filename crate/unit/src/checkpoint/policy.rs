//! When a checkpoint is due.

/// How much work may be lost to a replay before a checkpoint is due. Any one of these is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// After so many evaluations.
    pub evaluations: u64,
    /// After so many bytes of messages.
    pub bytes: u64,
    /// When a process has had nothing to do for so many milliseconds.
    pub idle_ms: u64,
}

/// What happened to a process since its last checkpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// How many messages it evaluated.
    pub evaluations: u64,
    /// How many bytes they had.
    pub bytes: u64,
    /// For how many milliseconds it has had nothing to do.
    pub idle_ms: u64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            evaluations: 1000,
            bytes: 8_000_000,
            idle_ms: 2000,
        }
    }
}

impl Policy {
    /// Whether a checkpoint is due. It never is when nothing was evaluated.
    pub fn is_due(&self, pending: &Pending) -> bool {
        pending.evaluations > 0
            && (pending.evaluations >= self.evaluations
                || pending.bytes >= self.bytes
                || pending.idle_ms >= self.idle_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_due(evaluations: u64, bytes: u64, idle_ms: u64) -> bool {
        let pending = Pending {
            evaluations,
            bytes,
            idle_ms,
        };
        Policy::default().is_due(&pending)
    }

    #[test]
    fn a_checkpoint_is_due_after_many_evaluations_many_bytes_or_some_quiet() {
        assert!(!is_due(999, 7_999_999, 1999));
        assert!(is_due(1000, 0, 0));
        assert!(is_due(1, 8_000_000, 0));
        assert!(is_due(1, 0, 2000));
    }

    #[test]
    fn nothing_is_due_when_nothing_was_evaluated() {
        assert!(!is_due(0, 0, u64::MAX));
    }
}
