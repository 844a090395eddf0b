//! What the unit asks of where it runs.

/// Clock and randomness, of which the unit has no other; and the turns of whatever else runs there.
#[allow(
    async_fn_in_trait,
    reason = "a unit and its platform live on one thread"
)]
pub trait Platform {
    /// Milliseconds since 1970-01-01, UTC.
    fn now(&self) -> u64;

    /// 32 bytes that nobody can guess.
    fn random(&self) -> [u8; 32];

    /// Lets everything else have its turn, for at least so many milliseconds. The unit calls it between two
    /// cycles of work, with 0, so that requests reach it however much there is to evaluate.
    async fn pause(&self, milliseconds: u32);
}
