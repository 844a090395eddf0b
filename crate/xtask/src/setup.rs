//! `cargo xtask setup`: the tools that building and testing need, each installed only when it is missing.
//!
//! It works where rustup and emscripten's own installer can download, and just
//! as well where only package registries can be reached (apt, cargo, npm).

mod apt;
mod browser;
mod emscripten;
mod firefox;
mod lua;
mod node;
mod tools;
mod wasm;
mod wasm_std;

use anyhow::Result;

pub(crate) use self::{
    browser::{chrome, chromedriver},
    firefox::firefox,
};

/// Something that a verb needs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Need {
    /// A Rust that builds for wasm.
    Wasm,
    /// The C compiler for the machine's Lua.
    Emscripten,
    /// Node and the npm packages of the workspace.
    Node,
    /// The generator of the unit's JavaScript.
    WasmBindgen,
    /// The runner of the browser suites.
    WasmPack,
    /// Chromium and its driver.
    Browser,
    /// The other browser.
    Firefox,
    /// The machine's own Lua, beside which ours is measured.
    Lua,
}

/// What building needs.
pub(crate) const TO_BUILD: [Need; 4] =
    [Need::Wasm, Need::Emscripten, Need::Node, Need::WasmBindgen];

/// Installs everything.
pub(crate) fn all() -> Result<()> {
    ensure(&TO_BUILD)?;
    ensure(&[Need::WasmPack, Need::Browser, Need::Firefox, Need::Lua])
}

/// Installs what is missing of `needs`, in their order.
pub(crate) fn ensure(needs: &[Need]) -> Result<()> {
    for need in needs {
        match need {
            Need::Wasm => wasm::ensure()?,
            Need::Emscripten => emscripten::ensure()?,
            Need::Node => node::ensure()?,
            Need::WasmBindgen => tools::ensure_wasm_bindgen()?,
            Need::WasmPack => tools::ensure_wasm_pack()?,
            Need::Browser => browser::ensure()?,
            Need::Firefox => firefox::ensure()?,
            Need::Lua => lua::ensure()?,
        }
    }
    Ok(())
}
