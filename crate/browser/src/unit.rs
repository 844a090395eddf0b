//! The class that the npm package wraps.

use ao_data_item::DataItem;
use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::Shared;
use js_sys::WebAssembly::Module;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::clock::BrowserPlatform;
use crate::crypto::WebCrypto;
use crate::error::{into_js, with_code};
use crate::machine::WasmMachines;
use crate::store::BrowserStore;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** How a unit is opened. */
export interface UnitOptions {
  /** Where its state is kept: `idb://name` or `memory://`. */
  storage: string;
  /** The compiled `machine.wasm`. */
  machine: WebAssembly.Module;
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
}

/// A unit that is open. Every method that can fail throws an `Error` with a stable `code`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Unit {
    unit: ao_unit::Unit<WebCrypto>,
    ended: Shared<oneshot::Receiver<()>>,
}

#[wasm_bindgen]
impl Unit {
    /// Opens the unit in a storage, made anew if there is none.
    ///
    /// # Errors
    ///
    /// `STORAGE_UNKNOWN` for an address that is neither `idb://name` nor `memory://`; `STORE_…` when the
    /// browser refuses.
    pub async fn open(options: UnitOptions) -> Result<Unit, JsValue> {
        console_error_panic_hook::set_once();
        let address = options.storage();
        let store = BrowserStore::open(&address)
            .await
            .map_err(|error| into_js(&error.into()))?;
        let store = store.ok_or_else(|| {
            let message = format!("storage {address} is not known: use idb://name or memory://");
            with_code("STORAGE_UNKNOWN", &message)
        })?;
        let machines = WasmMachines::new(options.machine());
        let opened = ao_unit::Unit::open(BrowserPlatform, store, machines, WebCrypto::default());
        let (unit, work) = opened.await.map_err(|error| into_js(&error))?;
        let (end, ended) = oneshot::channel();
        spawn_local(async move {
            work.await;
            // Nobody may wait for it.
            let _ = end.send(());
        });
        Ok(Self {
            unit,
            ended: ended.shared(),
        })
    }

    /// The unit's own address.
    #[wasm_bindgen(getter)]
    pub fn address(&self) -> String {
        self.unit.address().to_owned()
    }

    /// Takes a signed data item; resolves to JSON `{id, process, nonce}` when it is durable.
    ///
    /// # Errors
    ///
    /// `ITEM_INVALID`, `SIGNATURE_INVALID`, `NO_TARGET`, `PROCESS_NOT_FOUND`, `MODULE_UNKNOWN`, `STORE_…`.
    pub async fn accept(&self, item: Vec<u8>) -> Result<String, JsValue> {
        let unit = self.unit.clone();
        let accepted = async { unit.accept(DataItem::parse(item)?).await };
        let accepted = accepted.await.map_err(|error| into_js(&error))?;
        serde_json::to_string(&accepted).map_err(|error| with_code("INTERNAL", &error.to_string()))
    }

    /// The outcome of a message, as JSON; waits for its evaluation.
    ///
    /// # Errors
    ///
    /// `PROCESS_NOT_FOUND`, `MESSAGE_NOT_FOUND`, `STORE_…`.
    pub async fn result(&self, process: String, message: String) -> Result<String, JsValue> {
        let outcome = self.unit.result(&process, &message).await;
        outcome
            .map(|outcome| outcome.as_json().to_owned())
            .map_err(|error| into_js(&error))
    }

    /// What a message (JSON `{Id, Target, Owner, Anchor, Data, Tags}`) would come to, as JSON.
    ///
    /// # Errors
    ///
    /// `PROCESS_NOT_FOUND`, `DRYRUN_INVALID`, `STORE_…`.
    pub async fn dryrun(&self, process: String, message: String) -> Result<String, JsValue> {
        let outcome = self.unit.dryrun(&process, &message).await;
        outcome
            .map(|outcome| outcome.as_json().to_owned())
            .map_err(|error| into_js(&error))
    }

    /// The processes of this unit, as JSON `[{id, owner, name, length, evaluated}]`.
    ///
    /// # Errors
    ///
    /// `CLOSED`.
    pub async fn processes(&self) -> Result<String, JsValue> {
        let processes = self
            .unit
            .processes()
            .await
            .map_err(|error| into_js(&error))?;
        serde_json::to_string(&processes).map_err(|error| with_code("INTERNAL", &error.to_string()))
    }

    /// Ends the unit's work; resolves when it has ended. What was accepted is durable.
    pub async fn close(&self) {
        self.unit.close();
        let _ = self.ended.clone().await;
    }
}
