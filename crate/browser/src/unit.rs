//! The class that the npm package wraps. Whatever it answers with more than one part is JSON.

mod testing;

use std::rc::Rc;

use ao_data_item::DataItem;
use ao_unit::history::Listing;
use ao_unit::store::MemoryStore;
use ao_unit::{Error, Outcome};
use futures::channel::oneshot;
use futures::future::Shared;
use futures::{FutureExt, StreamExt};
use js_sys::WebAssembly::Module;
use js_sys::{Array, Function, Promise, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::clock::BrowserPlatform;
use crate::crypto::WebCrypto;
use crate::error::{into_js, with_code};
use crate::machine::WasmMachines;
use crate::object::object;
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
    unit: Rc<ao_unit::Unit<WebCrypto>>,
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
        self.unit.address().to_owned()
    }

    /// Takes a signed data item; resolves to `{id, process, nonce}` when it is durable.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::accept`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn accept(&self, item: Vec<u8>) -> Promise {
        let unit = self.unit.clone();
        promise(async move {
            let item = DataItem::parse(item).map_err(|error| into_js(&error.into()))?;
            json(unit.accept(item).await)
        })
    }

    /// Assigns a message that is in this unit to a process; resolves to `{id, process, nonce}`.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::assign`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn assign(&self, process: String, message: String, exclude: Vec<String>) -> Promise {
        let unit = self.unit.clone();
        promise(async move { json(unit.assign(&process, &message, exclude).await) })
    }

    /// The outcome of a message; waits for its evaluation.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::result`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn result(&self, process: String, message: String) -> Promise {
        let unit = self.unit.clone();
        promise(async move { outcome(unit.result(&process, &message).await) })
    }

    /// The outcome of the message with this nonce; waits for its evaluation.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::outcome_at`].
    #[wasm_bindgen(js_name = outcomeAt, unchecked_return_type = "Promise<string>")]
    pub fn outcome_at(&self, process: String, nonce: f64) -> Promise {
        let unit = self.unit.clone();
        promise(async move { outcome(unit.outcome_at(&process, nonce as u64).await) })
    }

    /// What a message (`{Id, Target, Owner, Anchor, Data, Tags}`) would come to, now or after nonce `at`.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::dryrun`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn dryrun(&self, process: String, message: String, at: Option<f64>) -> Promise {
        let unit = self.unit.clone();
        promise(async move {
            let at = at.map(|nonce| nonce as u64);
            outcome(unit.dryrun(&process, &message, at).await)
        })
    }

    /// Where a message is: an [`ao_unit::history::Found`] as JSON, or `null`.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::find`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn find(&self, message: String, process: Option<String>) -> Promise {
        let unit = self.unit.clone();
        promise(async move { json(unit.find(&message, process.as_deref()).await) })
    }

    /// The time and the height of the chain: an [`ao_unit::history::ClockReading`].
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn clock(&self) -> Promise {
        let unit = self.unit.clone();
        promise(async move { json(unit.clock().await) })
    }

    /// The modules that processes can name: a list of [`ao_unit::ModuleSummary`].
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn modules(&self) -> Promise {
        let unit = self.unit.clone();
        promise(async move { json(unit.modules().await) })
    }

    /// Adds a module to them.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::register_module`].
    #[wasm_bindgen(js_name = registerModule, unchecked_return_type = "Promise<void>")]
    pub fn register_module(&self, module: String, name: String) -> Promise {
        let unit = self.unit.clone();
        promise(async move {
            let registered = unit.register_module(&module, &name).await;
            answered(registered.map(|()| JsValue::UNDEFINED))
        })
    }

    /// The processes of this unit: a list of [`ao_unit::ProcessSummary`].
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn processes(&self) -> Promise {
        let unit = self.unit.clone();
        promise(async move { json(unit.processes().await) })
    }

    /// A page of outcomes: an [`ao_unit::history::Results`] for a [`Listing`].
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::results`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn results(&self, process: String, listing: String) -> Promise {
        let unit = self.unit.clone();
        promise(async move {
            let listing: Listing = parse(&listing, "LISTING_INVALID")?;
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
        let unit = self.unit.clone();
        promise(async move {
            let listing: Listing = parse(&listing, "LISTING_INVALID")?;
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
        let unit = self.unit.clone();
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
        let unit = self.unit.clone();
        promise(async move { json(unit.outbound(&process, from as u64, limit as u64).await) })
    }

    /// What is paused: a list of [`ao_unit::history::PausedCause`].
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn paused(&self) -> Promise {
        let unit = self.unit.clone();
        promise(async move { json(unit.paused().await) })
    }

    /// Lets a paused cause go on; resolves to the number of messages that had waited.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::resume`].
    #[wasm_bindgen(unchecked_return_type = "Promise<number>")]
    pub fn resume(&self, cause: String) -> Promise {
        let unit = self.unit.clone();
        promise(async move {
            let resumed = unit.resume(&cause).await;
            answered(resumed.map(|count| (count as f64).into()))
        })
    }

    /// Has a process's cron tick by itself, or not.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::monitor`].
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn monitor(&self, process: String, on: bool) -> Promise {
        let unit = self.unit.clone();
        promise(async move {
            let monitored = unit.monitor(&process, on).await;
            answered(monitored.map(|()| JsValue::UNDEFINED))
        })
    }

    /// Writes a checkpoint; resolves to `{at, bytes}`.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::checkpoint_now`].
    #[wasm_bindgen(js_name = checkpointNow, unchecked_return_type = "Promise<string>")]
    pub fn checkpoint_now(&self, process: String) -> Promise {
        let unit = self.unit.clone();
        promise(async move { json(unit.checkpoint_now(&process).await) })
    }

    /// Evaluates a log from nothing and compares: an [`ao_unit::history::Replayed`].
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::replay`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn replay(&self, process: String) -> Promise {
        let unit = self.unit.clone();
        promise(async move { json(unit.replay(&process).await) })
    }

    /// A process that goes on from where another was; resolves to its id.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::fork`].
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn fork(&self, process: String, nonce: Option<f64>) -> Promise {
        let unit = self.unit.clone();
        promise(async move {
            let forked = unit.fork(&process, nonce.map(|nonce| nonce as u64)).await;
            answered(forked.map(|id| id.to_string().into()))
        })
    }

    /// A process as one file.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::export`].
    #[wasm_bindgen(js_name = exportProcess, unchecked_return_type = "Promise<Uint8Array>")]
    pub fn export(&self, process: String) -> Promise {
        let unit = self.unit.clone();
        promise(async move {
            let exported = unit.export(&process).await;
            answered(exported.map(|export| Uint8Array::from(&*export.to_bytes()).into()))
        })
    }

    /// Takes in what was exported; resolves to the process's id.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::import`].
    #[wasm_bindgen(js_name = importProcess, unchecked_return_type = "Promise<string>")]
    pub fn import(&self, file: Vec<u8>, trusts_checkpoint: bool) -> Promise {
        let unit = self.unit.clone();
        promise(async move {
            let imported = unit.import(&file, trusts_checkpoint).await;
            answered(imported.map(|id| id.to_string().into()))
        })
    }

    /// Calls back with what happens from now on, a list of [`ao_unit::Event`] for each commit, until the
    /// listener answers `false`.
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    pub fn subscribe(&self, listener: Function) -> Result<(), JsValue> {
        let mut events = self.unit.events().map_err(|error| into_js(&error))?;
        spawn_local(async move {
            while let Some(events) = events.next().await {
                // Events are texts and numbers: their serialisation cannot fail.
                let text = serde_json::to_string(&events).unwrap_or_default();
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
        self.unit.close();
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
        unit: Rc::new(unit),
        platform,
        memory,
        ended: ended.shared(),
    })
}

fn settings(options: &UnitOptions) -> Result<PageSettings, JsValue> {
    let settings: PageSettings = parse(&options.settings(), "SETTINGS_INVALID")?;
    let checked = settings.check(&options.storage());
    checked.map_err(|reason| with_code("SETTINGS_INVALID", &reason))?;
    Ok(settings)
}

fn outcome(outcome: Result<Outcome, Error>) -> Result<JsValue, JsValue> {
    answered(outcome.map(|outcome| outcome.as_json().into()))
}

fn json<T: Serialize>(answer: Result<T, Error>) -> Result<JsValue, JsValue> {
    let answer = answer.map_err(|error| into_js(&error))?;
    match serde_json::to_string(&answer) {
        Ok(text) => Ok(text.into()),
        Err(error) => Err(with_code("INTERNAL", &error.to_string())),
    }
}

fn answered(answer: Result<JsValue, Error>) -> Result<JsValue, JsValue> {
    answer.map_err(|error| into_js(&error))
}

fn parse<T: DeserializeOwned>(text: &str, code: &str) -> Result<T, JsValue> {
    serde_json::from_str(text).map_err(|error| with_code(code, &format!("{text}: {error}")))
}
