//! The class that the npm package wraps. Whatever it answers with more than one part is JSON.

mod testing;

use ao_data_item::DataItem;
use ao_unit::history::Listing;
use ao_unit::store::MemoryStore;
use ao_unit::{Error, Outcome};
use futures::channel::oneshot;
use futures::future::Shared;
use futures::{FutureExt, StreamExt};
use js_sys::WebAssembly::Module;
use js_sys::{Array, Function, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::clock::BrowserPlatform;
use crate::crypto::WebCrypto;
use crate::error::{into_js, with_code};
use crate::machine::WasmMachines;
use crate::object::object;
use crate::settings::PageSettings;
use crate::store::BrowserStore;

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
    unit: ao_unit::Unit<WebCrypto>,
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
    pub async fn accept(&self, item: Vec<u8>) -> Result<String, JsValue> {
        let item = DataItem::parse(item).map_err(|error| into_js(&error.into()))?;
        json(self.unit.accept(item).await)
    }

    /// Assigns a message that is in this unit to a process; resolves to `{id, process, nonce}`.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::assign`].
    pub async fn assign(
        &self,
        process: String,
        message: String,
        exclude: Vec<String>,
    ) -> Result<String, JsValue> {
        json(self.unit.assign(&process, &message, exclude).await)
    }

    /// The outcome of a message; waits for its evaluation.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::result`].
    pub async fn result(&self, process: String, message: String) -> Result<String, JsValue> {
        outcome(self.unit.result(&process, &message).await)
    }

    /// The outcome of the message with this nonce; waits for its evaluation.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::outcome_at`].
    #[wasm_bindgen(js_name = outcomeAt)]
    pub async fn outcome_at(&self, process: String, nonce: f64) -> Result<String, JsValue> {
        outcome(self.unit.outcome_at(&process, nonce as u64).await)
    }

    /// What a message (`{Id, Target, Owner, Anchor, Data, Tags}`) would come to, now or after nonce `at`.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::dryrun`].
    pub async fn dryrun(
        &self,
        process: String,
        message: String,
        at: Option<f64>,
    ) -> Result<String, JsValue> {
        let at = at.map(|nonce| nonce as u64);
        outcome(self.unit.dryrun(&process, &message, at).await)
    }

    /// Where a message is: an [`ao_unit::history::Found`] as JSON, or `null`.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::find`].
    pub async fn find(&self, message: String, process: Option<String>) -> Result<String, JsValue> {
        json(self.unit.find(&message, process.as_deref()).await)
    }

    /// The time and the height of the chain: an [`ao_unit::history::ClockReading`].
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    pub async fn clock(&self) -> Result<String, JsValue> {
        json(self.unit.clock().await)
    }

    /// The modules that processes can name: a list of [`ao_unit::ModuleSummary`].
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    pub async fn modules(&self) -> Result<String, JsValue> {
        json(self.unit.modules().await)
    }

    /// Adds a module to them.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::register_module`].
    #[wasm_bindgen(js_name = registerModule)]
    pub async fn register_module(&self, module: String, name: String) -> Result<(), JsValue> {
        let registered = self.unit.register_module(&module, &name).await;
        registered.map_err(|error| into_js(&error))
    }

    /// The processes of this unit: a list of [`ao_unit::ProcessSummary`].
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    pub async fn processes(&self) -> Result<String, JsValue> {
        json(self.unit.processes().await)
    }

    /// A page of outcomes: an [`ao_unit::history::Results`] for a [`Listing`].
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::results`].
    pub async fn results(&self, process: String, listing: String) -> Result<String, JsValue> {
        let listing: Listing = parse(&listing, "LISTING_INVALID")?;
        json(self.unit.results(&process, listing).await)
    }

    /// A page of a log: an [`ao_unit::history::LogPage`] for a [`Listing`].
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::log`].
    pub async fn log(&self, process: String, listing: String) -> Result<String, JsValue> {
        let listing: Listing = parse(&listing, "LISTING_INVALID")?;
        json(self.unit.log(&process, listing).await)
    }

    /// A page of a log by nonce, with its messages byte for byte: text cannot hold every body.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::log`].
    #[wasm_bindgen(js_name = logItems)]
    pub async fn log_items(
        &self,
        process: String,
        from: f64,
        limit: f64,
    ) -> Result<LogItems, JsValue> {
        let mut listing = Listing::default();
        // The scheduler's lists begin behind `from`; -1 is before the first.
        listing.from = Some((from as i64 - 1).to_string());
        listing.limit = Some(limit as u64);
        listing.by = Some("nonce".to_owned());
        let page = self.unit.log(&process, listing).await;
        let mut page = page.map_err(|error| into_js(&error))?;
        let bytes = Array::new();
        for edge in &mut page.edges {
            bytes.push(&Uint8Array::from(edge.node.bytes.as_slice()));
            if let Some(message) = &mut edge.node.message {
                message.data = None;
            }
        }
        let items = object(&[("page", json(Ok(page))?.into()), ("bytes", bytes.into())])?;
        Ok(items.unchecked_into())
    }

    /// What a process sent that found no process here: an [`ao_unit::history::OutboundPage`].
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::outbound`].
    pub async fn outbound(
        &self,
        process: String,
        from: f64,
        limit: f64,
    ) -> Result<String, JsValue> {
        json(
            self.unit
                .outbound(&process, from as u64, limit as u64)
                .await,
        )
    }

    /// What is paused: a list of [`ao_unit::history::PausedCause`].
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    pub async fn paused(&self) -> Result<String, JsValue> {
        json(self.unit.paused().await)
    }

    /// Lets a paused cause go on; resolves to the number of messages that had waited.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::resume`].
    pub async fn resume(&self, cause: String) -> Result<f64, JsValue> {
        let resumed = self.unit.resume(&cause).await;
        resumed
            .map(|count| count as f64)
            .map_err(|error| into_js(&error))
    }

    /// Has a process's cron tick by itself, or not.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::monitor`].
    pub async fn monitor(&self, process: String, on: bool) -> Result<(), JsValue> {
        let monitored = self.unit.monitor(&process, on).await;
        monitored.map_err(|error| into_js(&error))
    }

    /// Writes a checkpoint; resolves to `{at, bytes}`.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::checkpoint_now`].
    #[wasm_bindgen(js_name = checkpointNow)]
    pub async fn checkpoint_now(&self, process: String) -> Result<String, JsValue> {
        json(self.unit.checkpoint_now(&process).await)
    }

    /// Evaluates a log from nothing and compares: an [`ao_unit::history::Replayed`].
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::replay`].
    pub async fn replay(&self, process: String) -> Result<String, JsValue> {
        json(self.unit.replay(&process).await)
    }

    /// A process that goes on from where another was; resolves to its id.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::fork`].
    pub async fn fork(&self, process: String, nonce: Option<f64>) -> Result<String, JsValue> {
        let forked = self
            .unit
            .fork(&process, nonce.map(|nonce| nonce as u64))
            .await;
        forked
            .map(|id| id.to_string())
            .map_err(|error| into_js(&error))
    }

    /// A process as one file.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::export`].
    #[wasm_bindgen(js_name = exportProcess)]
    pub async fn export(&self, process: String) -> Result<Vec<u8>, JsValue> {
        let exported = self.unit.export(&process).await;
        exported
            .map(|export| export.to_bytes())
            .map_err(|error| into_js(&error))
    }

    /// Takes in what was exported; resolves to the process's id.
    ///
    /// # Errors
    ///
    /// See [`ao_unit::Unit::import`].
    #[wasm_bindgen(js_name = importProcess)]
    pub async fn import(&self, file: Vec<u8>, trusts_checkpoint: bool) -> Result<String, JsValue> {
        let imported = self.unit.import(&file, trusts_checkpoint).await;
        imported
            .map(|id| id.to_string())
            .map_err(|error| into_js(&error))
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
    pub async fn close(&self) {
        self.unit.close();
        let _ = self.ended.clone().await;
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
    let opening = ao_unit::Unit::open(platform.clone(), store, machines, crypto, settings.into());
    let (unit, work) = opening.await.map_err(|error| into_js(&error))?;
    let (end, ended) = oneshot::channel();
    spawn_local(async move {
        work.await;
        // Nobody may wait for it.
        let _ = end.send(());
    });
    Ok(Unit {
        unit,
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

fn outcome(outcome: Result<Outcome, Error>) -> Result<String, JsValue> {
    outcome
        .map(|outcome| outcome.as_json().to_owned())
        .map_err(|error| into_js(&error))
}

fn json<T: Serialize>(answer: Result<T, Error>) -> Result<String, JsValue> {
    let answer = answer.map_err(|error| into_js(&error))?;
    serde_json::to_string(&answer).map_err(|error| with_code("INTERNAL", &error.to_string()))
}

fn parse<T: DeserializeOwned>(text: &str, code: &str) -> Result<T, JsValue> {
    serde_json::from_str(text).map_err(|error| with_code(code, &format!("{text}: {error}")))
}
