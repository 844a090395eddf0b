//! Time, randomness, and turns of the event loop.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use ao_unit::Platform;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use crate::crypto;

/// The browser's clock, or one that tests set; and the browser's source of randomness. Clones have one clock.
#[derive(Clone, Debug, Default)]
pub(crate) struct BrowserPlatform {
    set: Option<Rc<SetClock>>,
}

/// A clock that stands where it is set to.
#[derive(Debug)]
struct SetClock {
    time: Cell<u64>,
    /// Those who wait for time to pass.
    sleepers: RefCell<Vec<Waker>>,
}

impl BrowserPlatform {
    /// A platform whose clock stands at `time`, in milliseconds since 1970.
    pub(crate) fn standing_at(time: u64) -> Self {
        let clock = SetClock {
            time: Cell::new(time),
            sleepers: RefCell::default(),
        };
        Self {
            set: Some(Rc::new(clock)),
        }
    }

    /// Sets the clock and wakes those who waited for that; answers whether it is one that can be set.
    pub(crate) fn set(&self, time: u64) -> bool {
        let Some(clock) = &self.set else {
            return false;
        };
        clock.time.set(time);
        let sleepers = clock.sleepers.take();
        sleepers.into_iter().for_each(Waker::wake);
        true
    }
}

impl Platform for BrowserPlatform {
    #[allow(clippy::disallowed_methods, reason = "this is the platform")]
    fn now(&self) -> u64 {
        match &self.set {
            Some(clock) => clock.time.get(),
            None => js_sys::Date::now() as u64,
        }
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        // It fails only for more bytes at once than this.
        let _ = crypto::crypto().get_random_values_with_u8_array(&mut bytes);
        bytes
    }

    async fn pause(&self, milliseconds: u32) {
        match &self.set {
            _ if milliseconds == 0 => {
                let _ = turn_of_the_event_loop().await;
            }
            Some(clock) => clock.reach(self.now() + u64::from(milliseconds)).await,
            None => gloo_timers::future::TimeoutFuture::new(milliseconds).await,
        }
    }
}

impl SetClock {
    async fn reach(&self, time: u64) {
        poll_fn(|context| {
            if self.time.get() >= time {
                return Poll::Ready(());
            }
            self.sleepers.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// A message to oneself comes after all that waits already; a timer would come milliseconds later.
pub(crate) async fn turn_of_the_event_loop() -> Result<(), JsValue> {
    let channel = MessageChannel::new()?;
    let turn = Promise::new(&mut |resolve, _| channel.port1().set_onmessage(Some(&resolve)));
    channel.port2().post_message(&JsValue::NULL)?;
    JsFuture::from(turn).await?;
    channel.port1().close();
    Ok(())
}
