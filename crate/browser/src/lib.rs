//! The ao unit in a browser: what `ao_unit` asks of where it runs, given by IndexedDB, WebAssembly and
//! Web Crypto; and the class that the npm package wraps.
//!
//! It takes no decision that could have been tested natively.
#![cfg(target_family = "wasm")]

mod unit;

mod item;

mod clock;
mod crypto;
mod machine;
mod settings;
mod store;
mod verification;

mod error;
mod object;
mod promise;

pub use crypto::{WebCrypto, recover_keys_with};
pub use item::{
    create_bundle, identify_item, parse_bundle, parse_item, recover_ethereum_key, seal_item,
    signing_hash,
};
pub use machine::{WasmMachine, WasmMachines};
pub use store::{BrowserStore, Durability, IndexeddbStore};
pub use unit::{Snapshot, Unit, UnitOptions};
pub use verification::verify_batch;
