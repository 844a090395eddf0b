//! `cargo xtask ci`: everything that must pass before a change goes in.

use std::process::Command;

use anyhow::Result;

use crate::{
    bench, licences,
    setup::{self, Need},
    shell::{command, done, run as run_command, say, succeeds},
    tally::Tally,
    test,
    toolchain::{TARGET, Toolchain},
};

/// Format, lints and licences, the benchmark, then the tests, whose count is the last line.
///
/// A check that fails hides no test: it is counted as one failure among theirs.
pub(crate) fn run() -> Tally {
    let mut total = Tally::default();
    total.add(checked("format", format()));
    total.add(checked("lints, natively", lint_natively()));
    total.add(checked("lints, for wasm", lint_for_wasm()));
    total.add(checked("licences", licences::run()));
    total.add(checked("benchmark", benchmark()));
    total.add(test::run(&[], true));
    total
}

fn checked(name: &str, result: Result<()>) -> Tally {
    match result {
        Ok(()) => {
            done(name);
            Tally::default()
        }
        Err(error) => {
            eprintln!("{name}: {error:#}");
            Tally::one(false)
        }
    }
}

/// It fails for sizes, and for ratios that are not half as good as their bar.
fn benchmark() -> Result<()> {
    let quick = bench::Options {
        quick: true,
        json: false,
    };
    bench::run(&[], quick)
}

fn format() -> Result<()> {
    run_command(
        command("cargo").args(["fmt", "--all", "--check"]),
        "`cargo fmt --all` formats; `rustup component add rustfmt` installs it",
    )
}

fn lint_natively() -> Result<()> {
    let mut clippy = command("cargo");
    clippy.args(["clippy", "--all-targets", "--", "-D", "warnings"]);
    run_command(&mut clippy, "`rustup component add clippy` installs it")
}

/// What only wasm compiles. Debian's Rust may come without clippy: then it is only checked.
fn lint_for_wasm() -> Result<()> {
    setup::ensure(&[Need::Wasm, Need::Emscripten])?;
    let mut cargo = Toolchain::cargo()?;
    if succeeds(Toolchain::cargo()?.args(["clippy", "--version"])) {
        cargo.arg("clippy");
        select(&mut cargo);
        cargo.args(["--", "-D", "warnings"]);
    } else {
        say("this toolchain has no clippy for wasm: checking only");
        cargo.arg("check");
        select(&mut cargo);
    }
    run_command(&mut cargo, "see the compiler's message above")
}

fn select(cargo: &mut Command) {
    cargo.args(["--target", TARGET, "--package", "ao-unit-browser"]);
    cargo.args(["--package", "ao-machine", "--package", "ao-secp256k1"]);
}
