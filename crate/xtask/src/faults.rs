//! `cargo xtask faults`: the unit in Chromium, while its worker is killed at random moments.

use anyhow::{Result, bail};

use crate::{
    build,
    setup::{self, Need, chrome},
    shell::{command, line, say, stream},
};

/// Builds, and kills the worker so many times; with `json`, the last line is one line of JSON.
///
/// # Errors
///
/// When it could not be built, or anything was lost, doubled or otherwise than in a replay.
pub(crate) fn run(kills: u32, seed: u32, json: bool) -> Result<()> {
    build::all()?;
    setup::ensure(&[Need::Browser])?;
    say("killing the worker");
    let mut node = command("node");
    node.arg("tests/faults/run.mjs")
        .args(["--kills", &kills.to_string(), "--seed", &seed.to_string()])
        .env("CHROME_BIN", chrome()?);
    if json {
        node.arg("--json");
    }
    if !stream(&mut node, |_| {})? {
        bail!("`{}` failed: see the faults above", line(&node));
    }
    Ok(())
}
