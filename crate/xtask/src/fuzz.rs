//! `cargo xtask fuzz`: libFuzzer on what reads bytes from elsewhere.

use std::{fs, path::PathBuf};

use anyhow::Result;
use clap::ValueEnum;

use crate::shell::{command, find, root, run as run_command, say, target};

/// What is fuzzed: `crate/data-item/fuzz/checks.rs` says what must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// Data items
    Item,
    /// The encoding of tags
    Tags,
    /// Bundles
    Bundle,
}

/// Longer inputs find nothing that shorter ones do not.
const MAX_LENGTH: &str = "-max_len=8192";

/// Fuzzes `targets`, or all of them when none is named, each for so many seconds; with `keep`, adds what reached
/// new code to the corpus, which `cargo test` checks again.
///
/// # Errors
///
/// When it could not be built, or found an input that breaks a check; the message before names the file.
pub(crate) fn run(targets: &[Target], seconds: u32, keep: bool) -> Result<()> {
    if find("cargo-fuzz").is_none() {
        say("installing cargo-fuzz");
        run_command(
            command("cargo").args(["install", "cargo-fuzz", "--locked"]),
            "it needs a C++ compiler",
        )?;
    }
    for chosen in Target::value_variants() {
        if targets.is_empty() || targets.contains(chosen) {
            fuzz(*chosen, seconds, keep)?;
        }
    }
    Ok(())
}

fn fuzz(chosen: Target, seconds: u32, keep: bool) -> Result<()> {
    let name = match chosen {
        Target::Item => "item",
        Target::Tags => "tags",
        Target::Bundle => "bundle",
    };
    say(format_args!("fuzzing {name} for {seconds} s"));
    let kept = directory().join("corpus").join(name);
    let scratch = target().join("fuzz").join(name);
    fs::create_dir_all(&scratch)?;
    // libFuzzer writes to the first of the directories, and only reads the others.
    cargo_fuzz(
        name,
        &[&scratch, &kept],
        &format!("-max_total_time={seconds}"),
    )?;
    if keep {
        cargo_fuzz(name, &[&kept, &scratch], "-merge=1")?;
    }
    Ok(())
}

fn cargo_fuzz(name: &str, corpora: &[&PathBuf], option: &str) -> Result<()> {
    let mut cargo = command("cargo");
    cargo
        // What instruments the code is unstable, but in every compiler.
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["fuzz", "run", "--fuzz-dir"])
        .arg(directory())
        .arg(name)
        .args(corpora)
        .args(["--", option, MAX_LENGTH]);
    run_command(&mut cargo, "see the message above")
}

fn directory() -> PathBuf {
    root().join("crate/data-item/fuzz")
}
