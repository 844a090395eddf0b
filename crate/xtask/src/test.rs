//! `cargo xtask test`: every suite, each to its end, and one line that counts them all.

use std::{fs, process::Command};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::{
    build, demo,
    setup::{self, Need, chrome, chromedriver, firefox},
    shell::{command, root, say, stream},
    size,
    tally::Tally,
    toolchain::Toolchain,
};

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Suite {
    /// The crates, on this machine
    Native,
    /// `tests/*.rs`, in a headless browser
    Browser,
    /// The npm workspaces, in Node
    Package,
    /// The demo, from end to end
    Demo,
    /// What ships, against its budget
    Sizes,
}

/// Runs `suites`, or all of them when none is named.
///
/// A suite that cannot run is a failure, and hides no other. What the tests of the playground find is
/// said at once, and with `second_try` tried once more: they drive pages, beside whatever else the machine does.
pub(crate) fn run(suites: &[Suite], second_try: bool) -> Tally {
    let mut total = Tally::default();
    for suite in Suite::value_variants() {
        if suites.is_empty() || suites.contains(suite) {
            total.add(settled(match suite {
                Suite::Native => native(),
                Suite::Browser => browser(),
                Suite::Package => package(second_try),
                Suite::Demo => demo::exercise(),
                Suite::Sizes => size::run().map(|()| Tally::one(true)),
            }));
        }
    }
    total
}

fn settled(counted: Result<Tally>) -> Tally {
    counted.unwrap_or_else(|error| {
        eprintln!("a suite could not run: {error:#}");
        Tally::one(false)
    })
}

fn native() -> Result<Tally> {
    say("testing the crates natively");
    counted(command("cargo").args(["test", "--no-fail-fast"]))
}

/// One run of wasm-pack for each file, so that one that breaks leaves the others theirs.
fn browser() -> Result<Tally> {
    build::wasm()?;
    setup::ensure(&[Need::WasmPack, Need::Browser])?;
    let suites = browser_suites()?;
    if suites.is_empty() {
        bail!("there is no suite in tests/*.rs");
    }
    let mut total = Tally::default();
    for suite in suites {
        say(format_args!("testing tests/{suite}.rs in a browser"));
        let mut wasm_pack = Toolchain::program("wasm-pack")?;
        wasm_pack
            .args(["test", "--headless", "--chrome", "--mode", "no-install"])
            .arg("--chromedriver")
            .arg(chromedriver()?)
            .args([".", "--package", "ao-unit-browser", "--test", &suite]);
        if std::env::var_os("WASM_BINDGEN_TEST_TIMEOUT").is_none() {
            wasm_pack.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
        }
        total.add(settled(counted(&mut wasm_pack)));
    }
    Ok(total)
}

fn browser_suites() -> Result<Vec<String>> {
    let mut suites = Vec::new();
    for entry in fs::read_dir(root().join("tests"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "rs") {
            let name = path.file_stem().context("a file has a name")?;
            suites.push(name.to_string_lossy().into_owned());
        }
    }
    suites.sort();
    Ok(suites)
}

fn package(second_try: bool) -> Result<Tally> {
    build::all()?;
    setup::ensure(&[Need::Browser])?;
    // One suite alone needs it, and fails without it.
    if let Err(reason) = setup::ensure(&[Need::Firefox]) {
        say(format_args!("{reason:#}"));
    }
    let mut total = Tally::default();
    for workspace in ["pkg", "www", "tests"] {
        if has_test_script(workspace)? {
            say(format_args!("testing the npm workspace {workspace}"));
            let mut npm = command("npm");
            npm.args(["test", "--workspace", workspace])
                .env("CHROME_BIN", chrome()?);
            if second_try {
                npm.env("SECOND_TRY", "1");
            }
            if let Ok(firefox) = firefox() {
                npm.env("FIREFOX_BIN", firefox);
            }
            total.add(settled(counted(&mut npm)));
        }
    }
    Ok(total)
}

fn has_test_script(workspace: &str) -> Result<bool> {
    let Ok(manifest) = fs::read(root().join(workspace).join("package.json")) else {
        return Ok(false);
    };
    let manifest: serde_json::Value = serde_json::from_slice(&manifest)
        .with_context(|| format!("{workspace}/package.json is not JSON"))?;
    Ok(manifest["scripts"]["test"].is_string())
}

fn counted(command: &mut Command) -> Result<Tally> {
    let mut tally = Tally::default();
    let succeeded = stream(command, |line| tally.read(line))?;
    Ok(tally.ended(succeeded))
}
