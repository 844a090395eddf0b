//! A Rust that builds for wasm: rustup's target, or Debian's Rust where rustup cannot download.

use anyhow::Result;

use super::wasm_std;
use crate::{
    shell::{command, done, find, run, say},
    toolchain::{TARGET, Toolchain, skips_rustup},
};

const BY_HAND: &str = "rustup could not download the target: trying Debian's Rust instead";

/// Makes a toolchain for wasm ready.
pub(super) fn ensure() -> Result<()> {
    if let Some(toolchain) = Toolchain::find() {
        let name = match toolchain {
            Toolchain::Current => "the current Rust",
            Toolchain::Debian => "Debian's Rust",
        };
        done(format_args!("{name} builds for {TARGET}"));
        return Ok(());
    }
    if !skips_rustup() && find("rustup").is_some() {
        say(format_args!("rustup target add {TARGET}"));
        match run(command("rustup").args(["target", "add", TARGET]), BY_HAND) {
            Ok(()) if Toolchain::find().is_some() => return Ok(()),
            Ok(()) => eprintln!("the current Rust still lacks the target: trying Debian's instead"),
            Err(error) => eprintln!("{error:#}"),
        }
    }
    wasm_std::ensure()
}
