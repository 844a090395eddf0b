//! What tests may do with a unit, and nobody else.

use ao_unit::store::MemoryStore;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

use crate::error::with_code;
use crate::promise::promise;
use crate::store::BrowserStore;

use super::{Unit, UnitOptions, answered, json, open};

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
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn impersonate(&self, message: String) -> Promise {
        let unit = self.handle.clone();
        promise(async move { json(unit.impersonate(&message).await) })
    }

    /// Holds deliveries back from now on, or lets all go; resolves to how many went.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::hold`].
    #[wasm_bindgen(unchecked_return_type = "Promise<number>")]
    pub fn hold(&self, on: bool) -> Promise {
        let unit = self.handle.clone();
        promise(async move {
            let gone = unit.hold(on).await;
            answered(gone.map(|count| (count as f64).into()))
        })
    }

    /// What waits to be delivered: a list of [`ao_unit::history::HeldMessage`].
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn held(&self) -> Promise {
        let unit = self.handle.clone();
        promise(async move { json(unit.held().await) })
    }

    /// Waits until nothing is left to evaluate.
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn settled(&self) -> Promise {
        let unit = self.handle.clone();
        promise(async move { answered(unit.settled().await.map(|()| JsValue::UNDEFINED)) })
    }

    /// Delivers one message that is held back.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::release`].
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn release(&self, number: f64) -> Promise {
        let unit = self.handle.clone();
        promise(async move {
            let released = unit.release(number as u64).await;
            answered(released.map(|()| JsValue::UNDEFINED))
        })
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
