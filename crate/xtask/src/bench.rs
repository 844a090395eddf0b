//! `cargo xtask bench`: figures of the parts that have a bar to keep.

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::shell::{command, line, say, stream};

/// A part that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Suite {
    /// Parsing and hashing of data items, natively: at least 200 MB/s
    DataItem,
}

/// Measures `suites`, or all of them when none is named; with `json`, the last line of each is one line of JSON.
///
/// # Errors
///
/// When a suite could not be built, or failed.
pub(crate) fn run(suites: &[Suite], json: bool) -> Result<()> {
    for suite in Suite::value_variants() {
        if suites.is_empty() || suites.contains(suite) {
            match suite {
                Suite::DataItem => cargo_bench("ao-data-item", "throughput", json)?,
            }
        }
    }
    Ok(())
}

fn cargo_bench(package: &str, bench: &str, json: bool) -> Result<()> {
    say(format_args!("measuring {package}"));
    let mut cargo = command("cargo");
    cargo.args(["bench", "--quiet", "--package", package, "--bench", bench]);
    if json {
        cargo.args(["--", "--json"]);
    }
    if !stream(&mut cargo, |_| {})? {
        bail!("`{}` failed: see its message above", line(&cargo));
    }
    Ok(())
}
