//! `cargo xtask demo`: the main job from end to end, in a headless browser.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{
    build,
    setup::{self, Need, chrome},
    shell::{command, line, say, stream},
    tally::Tally,
};

/// Builds and runs the demo; with `json`, its last line is one line of JSON.
///
/// # Errors
///
/// When the demo failed.
pub(crate) fn run(json: bool) -> Result<()> {
    let mut node = prepare()?;
    if json {
        node.arg("--json");
    }
    if !stream(&mut node, |_| {})? {
        bail!("`{}` failed: see its message above", line(&node));
    }
    Ok(())
}

/// The demo as a test.
///
/// # Errors
///
/// When it could not be built.
pub(crate) fn exercise() -> Result<Tally> {
    say("running the demo as a test");
    Ok(Tally::one(stream(&mut prepare()?, |_| {})?))
}

fn prepare() -> Result<Command> {
    build::all()?;
    setup::ensure(&[Need::Browser])?;
    say("running the demo");
    let mut node = command("node");
    node.arg("tests/demo/run.mjs").env("CHROME_BIN", chrome()?);
    Ok(node)
}
