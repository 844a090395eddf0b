//! `cargo xtask bench`: figures of the parts that have a bar to keep.
//!
//! Each suite prints its bar beside its figures. It fails when a figure is more than a quarter below it: what a busy
//! machine takes away says nothing about the code.

use std::process::Command;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::{
    build,
    setup::{self, Need, chrome},
    shell::{command, line, say, stream},
};

/// A part that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Suite {
    /// Parsing and hashing of data items, natively: at least 200 MB/s
    DataItem,
    /// Verifying items of Arweave in headless Chromium: at least 1,000 a second
    Verify,
}

/// Measures `suites`, or all of them when none is named; with `json`, the last line of each is one line of JSON.
///
/// # Errors
///
/// When a suite could not be built, failed, or missed its bar. The other suites are measured all the same.
pub(crate) fn run(suites: &[Suite], json: bool) -> Result<()> {
    let mut failed = Vec::new();
    for suite in Suite::value_variants() {
        if suites.is_empty() || suites.contains(suite) {
            let mut command = match suite {
                Suite::DataItem => cargo_bench("ao-data-item", "throughput", json),
                Suite::Verify => in_chromium("tests/bench/verify.mjs", json)?,
            };
            say(format_args!("measuring: {}", line(&command)));
            if !stream(&mut command, |_| {})? {
                failed.push(line(&command));
            }
        }
    }
    if !failed.is_empty() {
        bail!("see above why these failed: `{}`", failed.join("`, `"));
    }
    Ok(())
}

fn cargo_bench(package: &str, bench: &str, json: bool) -> Command {
    let mut cargo = command("cargo");
    cargo.args(["bench", "--quiet", "--package", package, "--bench", bench]);
    if json {
        cargo.args(["--", "--json"]);
    }
    cargo
}

fn in_chromium(script: &str, json: bool) -> Result<Command> {
    build::package()?;
    setup::ensure(&[Need::Browser])?;
    let mut node = command("node");
    node.arg(script).env("CHROME_BIN", chrome()?);
    if json {
        node.arg("--json");
    }
    Ok(node)
}
