//! Time, randomness, and turns of the event loop.

use ao_unit::Platform;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use crate::crypto;

/// The browser's clock and its source of randomness.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BrowserPlatform;

impl Platform for BrowserPlatform {
    #[allow(clippy::disallowed_methods, reason = "this is the platform")]
    fn now(&self) -> u64 {
        js_sys::Date::now() as u64
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        // It fails only for more bytes at once than this.
        let _ = crypto::crypto().get_random_values_with_u8_array(&mut bytes);
        bytes
    }

    async fn pause(&self, milliseconds: u32) {
        if milliseconds > 0 {
            gloo_timers::future::TimeoutFuture::new(milliseconds).await;
        } else {
            let _ = turn_of_the_event_loop().await;
        }
    }
}

/// A message to oneself comes after all that waits already; a timer would come milliseconds later.
async fn turn_of_the_event_loop() -> Result<(), JsValue> {
    let channel = MessageChannel::new()?;
    let turn = Promise::new(&mut |resolve, _| channel.port1().set_onmessage(Some(&resolve)));
    channel.port2().post_message(&JsValue::NULL)?;
    JsFuture::from(turn).await?;
    channel.port1().close();
    Ok(())
}
