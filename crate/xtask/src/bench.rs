//! `cargo xtask bench`: figures of the parts that have a bar to keep.
//!
//! Each suite prints its bar beside its figures. It fails when a figure misses it by more than a quarter: what a busy
//! machine takes away says nothing about the code. What is known to miss its bar is said not to reach it, and fails
//! when it falls behind what it has reached (`tests/bench/bar.mjs`).

use std::process::Command;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::{
    build,
    setup::{self, Need, chrome, chromedriver},
    shell::{command, line, say, stream},
    toolchain::Toolchain,
};

/// A part that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Suite {
    /// Parsing and hashing of data items, natively: at least 200 MB/s
    DataItem,
    /// Verifying items of Arweave in headless Chromium: at least 1,000 a second
    Verify,
    /// The unit in headless Chromium: transfers, opening a long log, dry-runs, many processes
    Unit,
    /// Copying and storing the state of a process in headless Chromium, by wasm-pack
    State,
}

/// Measures `suites`, or all of them when none is named; with `json`, the last line of each is one line of JSON, but
/// for those that wasm-pack runs.
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
                Suite::Unit => in_chromium("tests/bench/unit.mjs", json)?,
                Suite::State => in_worker("bench_state")?,
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

/// A suite of `tests/*.rs`, optimised, as what ships is: its bars are for that. It fails at the bars themselves, and
/// prints no JSON.
fn in_worker(suite: &str) -> Result<Command> {
    build::wasm()?;
    setup::ensure(&[Need::WasmPack, Need::Browser])?;
    let mut wasm_pack = Toolchain::program("wasm-pack")?;
    wasm_pack
        .args(["test", "--headless", "--chrome", "--mode", "no-install"])
        .arg("--chromedriver")
        .arg(chromedriver()?)
        .args(["--release", ".", "--package", "ao-unit-browser"])
        .args(["--test", suite, "--", "--nocapture"]);
    Ok(wasm_pack)
}
