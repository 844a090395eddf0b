//! The class that the npm package wraps. Whatever it answers with more than one part is JSON.

mod reads;
mod testing;
mod writes;

use std::rc::Rc;

use ao_data_item::DataItem;
use ao_unit::history::Listing;
use ao_unit::json::to_text;
use ao_unit::store::MemoryStore;
use ao_unit::{Error, Outcome};
use futures::channel::oneshot;
use futures::future::Shared;
use futures::{FutureExt, StreamExt};
use js_sys::WebAssembly::Module;
use js_sys::{Function, Promise};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::clock::BrowserPlatform;
use crate::crypto::WebCrypto;
use crate::error::{into_js, with_code};
use crate::machine::WasmMachines;
use crate::promise::promise;
use crate::settings::PageSettings;
use crate::store::BrowserStore;
use crate::verification::{JsBatchVerifier, WorkerVerifier};

pub use testing::Snapshot;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** How a unit is opened. */
export interface UnitOptions {
  /** Where its state is kept: `idb://name` or `memory://`. */
  storage: string;
  /** The compiled `machine.wasm`. */
  machine: WebAssembly.Module;
  /** Settings, as JSON: see `crate/browser/src/settings.rs`. */
  settings: string;
  /** Who verifies crowds of items; by default the unit does. */
  verifier?: BatchVerifier | undefined;
}

/** A page of a log, and its messages byte for byte. */
export interface LogItems {
  /** The page as JSON, without the bodies of its messages. */
  page: string;
  /** For each of its entries the data item as it was signed, or the body of what bears no signature. */
  bytes: Uint8Array<ArrayBuffer>[];
}
"#;

#[wasm_bindgen]
extern "C" {
    /// `UnitOptions` of the TypeScript declarations.
    #[wasm_bindgen(typescript_type = "UnitOptions")]
    #[derive(Debug)]
    pub type UnitOptions;

    #[wasm_bindgen(method, getter)]
    fn storage(this: &UnitOptions) -> String;
    #[wasm_bindgen(method, getter)]
    fn machine(this: &UnitOptions) -> Module;
    #[wasm_bindgen(method, getter)]
    fn settings(this: &UnitOptions) -> String;
    #[wasm_bindgen(method, getter)]
    fn verifier(this: &UnitOptions) -> Option<JsBatchVerifier>;
}

#[wasm_bindgen]
extern "C" {
    /// `LogItems` of the TypeScript declarations.
    #[wasm_bindgen(typescript_type = "LogItems")]
    #[derive(Debug)]
    pub type LogItems;
}

/// A unit that is open. Every method that can fail throws an `Error` with a stable `code`, that of
/// [`Error::code`].
#[wasm_bindgen]
#[derive(Debug)]
pub struct Unit {
    handle: Rc<ao_unit::Unit<WebCrypto>>,
    platform: BrowserPlatform,
    /// Where it keeps its state, if that is in memory.
    memory: Option<MemoryStore>,
    ended: Shared<oneshot::Receiver<()>>,
}

#[wasm_bindgen]
impl Unit {
    /// Opens the unit in a storage, made anew if there is none.
    ///
    /// # Errors
    ///
    /// `STORAGE_UNKNOWN` for an address that is neither `idb://name` nor `memory://`; `STORE_…` when the
    /// browser refuses; `SETTINGS_INVALID`.
    pub async fn open(options: UnitOptions) -> Result<Unit, JsValue> {
        console_error_panic_hook::set_once();
        let address = options.storage();
        let settings = settings(&options)?;
        let store = BrowserStore::open(&address, settings.durability())
            .await
            .map_err(|error| into_js(&error.into()))?;
        let store = store.ok_or_else(|| {
            let message = format!("storage {address} is not known: use idb://name or memory://");
            with_code("STORAGE_UNKNOWN", &message)
        })?;
        open(store, None, &options).await
    }

    /// The unit's own address.
    #[wasm_bindgen(getter)]
    pub fn address(&self) -> String {
        self.handle.address().to_owned()
    }

    /// Takes a signed data item; resolves to `{id, process, nonce}` when it is durable.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::accept`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn accept(&self, item: Vec<u8>) -> Promise {
        let unit = self.handle.clone();
        promise(async move {
            let item = DataItem::parse(item).map_err(|error| into_js(&error.into()))?;
            json(unit.accept(item).await)
        })
    }

    /// Calls back with what happens from now on, a list of [`ao_unit::Event`] for each commit, until the
    /// listener answers `false`.
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    pub fn subscribe(&self, listener: Function) -> Result<(), JsValue> {
        let mut events = self.handle.events().map_err(|error| into_js(&error))?;
        spawn_local(async move {
            while let Some(events) = events.next().await {
                let text = to_text(&events);
                // What the listener throws is its own matter.
                let answer = listener.call1(&JsValue::NULL, &text.into());
                if answer.is_ok_and(|answer| answer == JsValue::FALSE) {
                    break;
                }
            }
        });
        Ok(())
    }

    /// Ends the unit's work; resolves when it has ended. What was accepted is durable.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn close(&self) -> Promise {
        self.handle.close();
        let ended = self.ended.clone();
        promise(async move {
            let _ = ended.await;
            Ok(JsValue::UNDEFINED)
        })
    }
}

/// A unit on a store, whose clock stands at `time`, or, for tests, where the settings say.
async fn open(
    store: BrowserStore,
    time: Option<u64>,
    options: &UnitOptions,
) -> Result<Unit, JsValue> {
    let settings = settings(options)?;
    let platform = match time.or(settings.clock()) {
        Some(time) => BrowserPlatform::standing_at(time),
        None => BrowserPlatform::default(),
    };
    let memory = store.memory().cloned();
    let machines = WasmMachines::new(options.machine());
    let crypto = WebCrypto::default();
    let batches = WorkerVerifier(options.verifier());
    let opening = ao_unit::Unit::open_with(
        platform.clone(),
        store,
        machines,
        crypto,
        batches,
        settings.into(),
    );
    let (unit, work) = opening.await.map_err(|error| into_js(&error))?;
    let (end, ended) = oneshot::channel();
    spawn_local(async move {
        work.await;
        // Nobody may wait for it.
        let _ = end.send(());
    });
    Ok(Unit {
        handle: Rc::new(unit),
        platform,
        memory,
        ended: ended.shared(),
    })
}

fn settings(options: &UnitOptions) -> Result<PageSettings, JsValue> {
    let text = options.settings();
    let refused = |reason: String| with_code("SETTINGS_INVALID", &reason);
    let settings =
        PageSettings::parse(&text).map_err(|reason| refused(format!("{text}: {reason}")))?;
    settings.check(&options.storage()).map_err(refused)?;
    Ok(settings)
}

fn outcome(outcome: Result<Outcome, Error>) -> Result<JsValue, JsValue> {
    answered(outcome.map(|outcome| outcome.as_json().into()))
}

fn json<T: Serialize>(answer: Result<T, Error>) -> Result<JsValue, JsValue> {
    let answer = answer.map_err(|error| into_js(&error))?;
    Ok(to_text(&answer).into())
}

fn answered(answer: Result<JsValue, Error>) -> Result<JsValue, JsValue> {
    answer.map_err(|error| into_js(&error))
}

fn listing_of(text: &str) -> Result<Listing, JsValue> {
    let refused = |reason| with_code("LISTING_INVALID", &format!("{text}: {reason}"));
    Listing::parse(text).map_err(refused)
}
