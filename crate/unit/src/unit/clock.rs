//! The unit's clock: that of where it runs, and how far it was advanced from there.

use crate::platform::Platform;

/// A platform whose clock can be advanced, and never goes back for that.
pub(super) struct Clock<P> {
    platform: P,
    /// In milliseconds.
    ahead: u64,
}

impl<P: Platform> Clock<P> {
    pub(super) fn new(platform: P, ahead: Option<u64>) -> Self {
        Self {
            platform,
            ahead: ahead.unwrap_or_default(),
        }
    }

    /// Lets so many milliseconds pass at once; answers how far it is advanced now.
    pub(super) fn advance(&mut self, milliseconds: u64) -> u64 {
        self.ahead = self.ahead.saturating_add(milliseconds);
        self.ahead
    }

    /// Puts it to where a store says that it was advanced.
    pub(super) fn restore(&mut self, ahead: Option<u64>) {
        self.ahead = ahead.unwrap_or_default();
    }
}

impl<P: Platform> Platform for Clock<P> {
    fn now(&self) -> u64 {
        self.platform.now().saturating_add(self.ahead)
    }

    fn random(&self) -> [u8; 32] {
        self.platform.random()
    }

    async fn pause(&self, milliseconds: u32) {
        self.platform.pause(milliseconds).await;
    }
}
