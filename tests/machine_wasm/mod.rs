//! The machine that the suites run: the one that ships.

use ao_unit_browser::WasmMachines;
use js_sys::Uint8Array;
use js_sys::WebAssembly::{self, Module};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Built by `cargo xtask build`.
const MACHINE: &[u8] = include_bytes!("../../pkg/dist/wasm/machine.wasm");

/// The compiled `machine.wasm`.
pub(crate) async fn module() -> Module {
    let compiling = WebAssembly::compile(&Uint8Array::from(MACHINE));
    JsFuture::from(compiling)
        .await
        .expect("the machine compiles")
        .unchecked_into()
}

#[allow(dead_code, reason = "each suite uses a part")]
pub(crate) async fn machines() -> WasmMachines {
    WasmMachines::new(module().await)
}
