//! `cargo xtask soak`: an hour's worth of work in Chromium, at full speed.

use anyhow::{Result, bail};

use crate::{
    build,
    setup::{self, Need, chrome},
    shell::{command, line, say, stream},
};

/// Builds, and works until there were so many evaluations; with `json`, the last line is one line of JSON.
///
/// # Errors
///
/// When it could not be built, or memory grew, or it slowed down, or the database grew otherwise than it should.
pub(crate) fn run(evaluations: u32, json: bool) -> Result<()> {
    build::all()?;
    setup::ensure(&[Need::Browser])?;
    say("working at full speed");
    let mut node = command("node");
    node.arg("tests/soak/run.mjs")
        .args(["--evaluations", &evaluations.to_string()])
        .env("CHROME_BIN", chrome()?);
    if json {
        node.arg("--json");
    }
    if !stream(&mut node, |_| {})? {
        bail!("`{}` failed: see what it found above", line(&node));
    }
    Ok(())
}
