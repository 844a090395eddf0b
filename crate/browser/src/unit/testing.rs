//! What tests may do with a unit, and nobody else.

use ao_unit::store::MemoryStore;
use wasm_bindgen::prelude::*;

use crate::error::{into_js, with_code};
use crate::store::BrowserStore;

use super::{Unit, UnitOptions, json, open};

/// All that a unit in memory held at one moment, and its time then.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Snapshot {
    store: MemoryStore,
    time: u64,
}

#[wasm_bindgen]
impl Unit {
    /// Takes a message that nobody signed (`{Owner, Target, Anchor, Data, Tags}`); resolves to
    /// `{id, process, nonce}`.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::impersonate`].
    pub async fn impersonate(&self, message: String) -> Result<String, JsValue> {
        json(self.unit.impersonate(&message).await)
    }

    /// Holds deliveries back from now on, or lets all go; resolves to how many went.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::hold`].
    pub async fn hold(&self, on: bool) -> Result<f64, JsValue> {
        let held = self.unit.hold(on).await;
        held.map(|count| count as f64)
            .map_err(|error| into_js(&error))
    }

    /// What waits to be delivered: a list of [`ao_unit::history::HeldMessage`].
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    pub async fn held(&self) -> Result<String, JsValue> {
        json(self.unit.held().await)
    }

    /// Delivers one message that is held back.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::release`].
    pub async fn release(&self, number: f64) -> Result<(), JsValue> {
        let released = self.unit.release(number as u64).await;
        released.map_err(|error| into_js(&error))
    }

    /// Sets the clock, in milliseconds since 1970; what is due by then is done.
    ///
    /// # Errors
    ///
    /// `TESTING_ONLY` unless the unit was opened with a clock that can be set.
    #[wasm_bindgen(js_name = setTime)]
    pub fn set_time(&self, time: f64) -> Result<(), JsValue> {
        if self.platform.set(time as u64) {
            return Ok(());
        }
        let message = "setting the clock is for tests: open the unit in memory, with testing set";
        Err(with_code("TESTING_ONLY", message))
    }

    /// All that the unit holds now.
    ///
    /// # Errors
    ///
    /// `TESTING_ONLY` for a unit that is not in memory.
    pub fn snapshot(&self) -> Result<Snapshot, JsValue> {
        use ao_unit::Platform;

        let Some(store) = &self.memory else {
            let message = "a snapshot is for tests: open the unit in memory";
            return Err(with_code("TESTING_ONLY", message));
        };
        Ok(Snapshot {
            store: store.copy(),
            time: self.platform.now(),
        })
    }

    /// Opens a unit that holds what a snapshot does. The snapshot stays as it is.
    ///
    /// # Errors
    ///
    /// As [`Unit::open`].
    pub async fn revive(snapshot: &Snapshot, options: UnitOptions) -> Result<Unit, JsValue> {
        let (store, time) = (snapshot.store.copy(), snapshot.time);
        open(BrowserStore::Memory(store), Some(time), &options).await
    }
}
