//! Rust programs that the build calls: the exact versions, from the crates registry.

use std::fs;

use anyhow::{Context, Result};

use crate::shell::{capture, command, done, root, run, say};

const WASM_PACK: &str = "0.15.1";

/// Makes the `wasm-bindgen` program ready, of the version that `Cargo.toml` pins the crate to.
pub(super) fn ensure_wasm_bindgen() -> Result<()> {
    ensure("wasm-bindgen", "wasm-bindgen-cli", &pinned_wasm_bindgen()?)
}

/// Makes `wasm-pack` ready.
pub(super) fn ensure_wasm_pack() -> Result<()> {
    ensure("wasm-pack", "wasm-pack", WASM_PACK)
}

fn ensure(program: &str, package: &str, version: &str) -> Result<()> {
    let installed = capture(command(program).arg("--version"));
    if installed.is_ok_and(|said| said.split_whitespace().nth(1) == Some(version)) {
        done(format_args!("{program} {version}"));
        return Ok(());
    }
    say(format_args!(
        "cargo install {package} {version}, once (some minutes)"
    ));
    let install = |more: &[&str]| {
        let hint = format!("install {program} {version} by hand, so that it is on PATH");
        let mut cargo = command("cargo");
        cargo
            .args(["install", package, "--version", version, "--force"])
            .args(more);
        run(&mut cargo, &hint)
    };
    // The lock may name a version that the registry withdrew or does not have.
    install(&["--locked"]).or_else(|error| {
        eprintln!("{error:#}\nagain, with other versions than its lock names");
        install(&[])
    })
}

fn pinned_wasm_bindgen() -> Result<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml"))?;
    manifest
        .lines()
        .find_map(|line| line.trim().strip_prefix("wasm-bindgen = \"="))
        .and_then(|rest| rest.split('"').next())
        .map(String::from)
        .context("Cargo.toml pins no `wasm-bindgen = \"=X.Y.Z\"`")
}
