//! What can be done with a unit, beside handing items over.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use crate::promise::promise;

use super::{Unit, answered, json};

#[wasm_bindgen]
impl Unit {
    /// Assigns a message that is in this unit to a process; resolves to `{id, process, nonce}`.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::assign`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn assign(&self, process: String, message: String, exclude: Vec<String>) -> Promise {
        let unit = self.handle.clone();
        promise(async move { json(unit.assign(&process, &message, exclude).await) })
    }

    /// Has a process's cron tick by itself, or not.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::monitor`].
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn monitor(&self, process: String, on: bool) -> Promise {
        let unit = self.handle.clone();
        promise(async move {
            let monitored = unit.monitor(&process, on).await;
            answered(monitored.map(|()| JsValue::UNDEFINED))
        })
    }

    /// Lets so many milliseconds pass at once; resolves to the clock, as JSON.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::advance`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn advance(&self, milliseconds: f64) -> Promise {
        let unit = self.handle.clone();
        promise(async move { json(unit.advance(milliseconds as u64).await) })
    }

    /// Deletes a process.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::remove`].
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn remove(&self, process: String) -> Promise {
        let unit = self.handle.clone();
        promise(async move {
            let removed = unit.remove(&process).await;
            answered(removed.map(|()| JsValue::UNDEFINED))
        })
    }

    /// Lets a paused cause go on; resolves to the number of messages that had waited.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::resume`].
    #[wasm_bindgen(unchecked_return_type = "Promise<number>")]
    pub fn resume(&self, cause: String) -> Promise {
        let unit = self.handle.clone();
        promise(async move {
            let resumed = unit.resume(&cause).await;
            answered(resumed.map(|count| (count as f64).into()))
        })
    }

    /// Adds a module to them.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::register_module`].
    #[wasm_bindgen(js_name = registerModule, unchecked_return_type = "Promise<void>")]
    pub fn register_module(&self, module: String, name: String) -> Promise {
        let unit = self.handle.clone();
        promise(async move {
            let registered = unit.register_module(&module, &name).await;
            answered(registered.map(|()| JsValue::UNDEFINED))
        })
    }

    /// Writes a checkpoint; resolves to `{at, bytes}`.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::checkpoint_now`].
    #[wasm_bindgen(js_name = checkpointNow, unchecked_return_type = "Promise<string>")]
    pub fn checkpoint_now(&self, process: String) -> Promise {
        let unit = self.handle.clone();
        promise(async move { json(unit.checkpoint_now(&process).await) })
    }

    /// A process that goes on from where another was; resolves to its id.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::fork`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn fork(&self, process: String, nonce: Option<f64>) -> Promise {
        let unit = self.handle.clone();
        promise(async move {
            let forked = unit.fork(&process, nonce.map(|nonce| nonce as u64)).await;
            answered(forked.map(|id| id.to_string().into()))
        })
    }

    /// Takes in what was exported; resolves to the process's id.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::import`].
    #[wasm_bindgen(js_name = importProcess, unchecked_return_type = "Promise<string>")]
    pub fn import(&self, file: Vec<u8>, trusts_checkpoint: bool) -> Promise {
        let unit = self.handle.clone();
        promise(async move {
            let imported = unit.import(&file, trusts_checkpoint).await;
            answered(imported.map(|id| id.to_string().into()))
        })
    }
}
