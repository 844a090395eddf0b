//! `cargo xtask bench`: measured against the peers, in one run.

use anyhow::{Result, bail};

use crate::{
    build,
    setup::{self, Need, chrome},
    shell::{command, root, say, stream},
};

const SCRIPT: &str = "tests/bench/run.mjs";

/// Builds and measures; with `json`, its last line is one line of JSON.
///
/// # Errors
///
/// When there is no benchmark, or it failed.
pub(crate) fn run(json: bool) -> Result<()> {
    if !root().join(SCRIPT).exists() {
        bail!("there is no benchmark yet: {SCRIPT} is missing");
    }
    build::all()?;
    setup::ensure(&[Need::Browser])?;
    say("measuring");
    let mut node = command("node");
    node.arg(SCRIPT).env("CHROME_BIN", chrome()?);
    if json {
        node.arg("--json");
    }
    if !stream(&mut node, |_| {})? {
        bail!("`node {SCRIPT}` failed: see its message above");
    }
    Ok(())
}
