//! What the unit asks of where it runs.

/// Clock and randomness. The unit has no other.
pub trait Platform {
    /// Milliseconds since 1970-01-01, UTC.
    fn now(&self) -> u64;

    /// 32 bytes that nobody can guess.
    fn random(&self) -> [u8; 32];
}
