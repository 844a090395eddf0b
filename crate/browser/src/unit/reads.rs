//! What can be asked of a unit.

use ao_unit::history::Listing;
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::error::into_js;
use crate::object::object;
use crate::promise::promise;

use super::{Unit, answered, json, listing_of, outcome};

#[wasm_bindgen]
impl Unit {
    /// The outcome of a message; waits for its evaluation.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::result`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn result(&self, process: String, message: String) -> Promise {
        let unit = self.handle.clone();
        promise(async move { outcome(unit.result(&process, &message).await) })
    }

    /// The outcome of the message with this nonce; waits for its evaluation.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::outcome_at`].
    #[wasm_bindgen(js_name = outcomeAt, unchecked_return_type = "Promise<string>")]
    pub fn outcome_at(&self, process: String, nonce: f64) -> Promise {
        let unit = self.handle.clone();
        promise(async move { outcome(unit.outcome_at(&process, nonce as u64).await) })
    }

    /// What a message (`{Id, Target, Owner, Anchor, Data, Tags}`) would come to, now or after nonce `at`.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::dryrun`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn dryrun(&self, process: String, message: String, at: Option<f64>) -> Promise {
        let unit = self.handle.clone();
        promise(async move {
            let at = at.map(|nonce| nonce as u64);
            outcome(unit.dryrun(&process, &message, at).await)
        })
    }

    /// The processes of this unit: a list of [`ao_unit::ProcessSummary`].
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn processes(&self) -> Promise {
        let unit = self.handle.clone();
        promise(async move { json(unit.processes().await) })
    }

    /// A page of outcomes: an [`ao_unit::history::Results`] for a [`Listing`].
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::results`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn results(&self, process: String, listing: String) -> Promise {
        let unit = self.handle.clone();
        promise(async move {
            let listing = listing_of(&listing)?;
            json(unit.results(&process, listing).await)
        })
    }

    /// A page of a log: an [`ao_unit::history::LogPage`] for a [`Listing`].
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::log`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn log(&self, process: String, listing: String) -> Promise {
        let unit = self.handle.clone();
        promise(async move {
            let listing = listing_of(&listing)?;
            json(unit.log(&process, listing).await)
        })
    }

    /// A page of a log by nonce, with its messages byte for byte: text cannot hold every body.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::log`].
    #[wasm_bindgen(js_name = logItems, unchecked_return_type = "Promise<LogItems>")]
    pub fn log_items(&self, process: String, from: f64, limit: f64) -> Promise {
        let unit = self.handle.clone();
        promise(async move {
            let mut listing = Listing::default();
            // The scheduler's lists begin behind `from`; -1 is before the first.
            listing.from = Some((from as i64 - 1).to_string());
            listing.limit = Some(limit as u64);
            listing.by = Some("nonce".to_owned());
            let page = unit.log(&process, listing).await;
            let mut page = page.map_err(|error| into_js(&error))?;
            let bytes = Array::new();
            for edge in &mut page.edges {
                bytes.push(&Uint8Array::from(edge.node.bytes.as_slice()));
                if let Some(message) = &mut edge.node.message {
                    message.data = None;
                }
            }
            let items = object(&[("page", json(Ok(page))?), ("bytes", bytes.into())])?;
            Ok(items.into())
        })
    }

    /// What a process sent that found no process here: an [`ao_unit::history::OutboundPage`].
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::outbound`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn outbound(&self, process: String, from: f64, limit: f64) -> Promise {
        let unit = self.handle.clone();
        promise(async move { json(unit.outbound(&process, from as u64, limit as u64).await) })
    }

    /// Where a message is: an [`ao_unit::history::Found`] as JSON, or `null`.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::find`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn find(&self, message: String, process: Option<String>) -> Promise {
        let unit = self.handle.clone();
        promise(async move { json(unit.find(&message, process.as_deref()).await) })
    }

    /// The time and the height of the chain: an [`ao_unit::history::ClockReading`].
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn clock(&self) -> Promise {
        let unit = self.handle.clone();
        promise(async move { json(unit.clock().await) })
    }

    /// The modules that processes can name: a list of [`ao_unit::ModuleSummary`].
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn modules(&self) -> Promise {
        let unit = self.handle.clone();
        promise(async move { json(unit.modules().await) })
    }

    /// What is paused: a list of [`ao_unit::history::PausedCause`].
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn paused(&self) -> Promise {
        let unit = self.handle.clone();
        promise(async move { json(unit.paused().await) })
    }

    /// Evaluates a log from nothing and compares: an [`ao_unit::history::Replayed`].
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::replay`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn replay(&self, process: String) -> Promise {
        let unit = self.handle.clone();
        promise(async move { json(unit.replay(&process).await) })
    }

    /// A process as one file.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::export`].
    #[wasm_bindgen(js_name = exportProcess, unchecked_return_type = "Promise<Uint8Array>")]
    pub fn export(&self, process: String) -> Promise {
        let unit = self.handle.clone();
        promise(async move {
            let exported = unit.export(&process).await;
            answered(exported.map(|export| Uint8Array::from(&*export.to_bytes()).into()))
        })
    }
}
