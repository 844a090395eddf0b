//! Time and randomness.

use ao_unit::Platform;

use crate::crypto;

/// The browser's clock and its source of randomness.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BrowserPlatform;

impl Platform for BrowserPlatform {
    fn now(&self) -> u64 {
        js_sys::Date::now() as u64
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        // It fails only for more bytes at once than this.
        let _ = crypto::crypto().get_random_values_with_u8_array(&mut bytes);
        bytes
    }
}
