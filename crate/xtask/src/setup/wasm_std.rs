//! Debian's Rust for wasm: its packages, and the standard library built from their source.
//!
//! Debian ships the compiler, which knows the target, and the library's source,
//! but not the library built for it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

use anyhow::{Context, Result, bail};

use super::apt;
use crate::{
    shell::{as_root, capture, command, find, run, say},
    toolchain::{DEBIAN, DEBIAN_STD, TARGET, Toolchain, debian_stamp},
};

const BY_HAND: &str = "install a Rust toolchain with the target wasm32-unknown-unknown by hand, \
    for example with `rustup target add wasm32-unknown-unknown`";
const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const SOURCE: &str = "/usr/lib/rustlib/src/rust/library/std/Cargo.toml";
const LINKER: &str = "/usr/bin/lld-22";
/// Where the compiler looks for the target's linker.
const LINKER_LINK: &str = "/usr/lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld";

/// Installs Debian's Rust, builds its standard library for wasm and shows it to rustup.
pub(super) fn ensure() -> Result<()> {
    let installed = ["/usr/bin/rustc", "/usr/bin/cargo", SOURCE, LINKER];
    if !installed.iter().all(|path| Path::new(path).exists()) {
        apt::install(&PACKAGES, BY_HAND)?;
    }
    link_linker()?;

    let scratch = env::temp_dir().join(format!("ao-unit-std-{}", process::id()));
    let built = build(&scratch).and_then(|libraries| install(&libraries, &scratch));
    // Scratch: what is left of it harms nobody.
    let _ = fs::remove_dir_all(&scratch);
    built?;

    if find("rustup").is_some() {
        run(
            command("rustup").args(["toolchain", "link", DEBIAN, "/usr"]),
            BY_HAND,
        )?;
    }
    if Toolchain::find().is_none() {
        bail!("Debian's Rust is installed, but does not build for {TARGET}\n  {BY_HAND}");
    }
    Ok(())
}

fn link_linker() -> Result<()> {
    let link = Path::new(LINKER_LINK);
    if link.exists() {
        return Ok(());
    }
    let dir = link.parent().context("the linker's link is in a folder")?;
    run(as_root("mkdir")?.arg("-p").arg(dir), BY_HAND)?;
    run(as_root("ln")?.args(["-sfn", LINKER, LINKER_LINK]), BY_HAND)
}

/// Builds the standard library as a by-product of an empty library, and answers its files.
fn build(scratch: &Path) -> Result<Vec<PathBuf>> {
    say("building the standard library for wasm with Debian's Rust, once (about a minute)");
    fs::create_dir_all(scratch.join("src"))?;
    fs::write(scratch.join("src/lib.rs"), "#![no_std]\n")?;
    fs::write(
        scratch.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         [profile.release]\ncodegen-units = 1\npanic = \"abort\"\n[workspace]\n",
    )?;
    let target = scratch.join("target");
    let mut cargo = command("/usr/bin/cargo");
    cargo
        .current_dir(scratch)
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("RUSTC_WRAPPER")
        .env("RUSTC", "/usr/bin/rustc")
        // Whoever links with fat LTO needs the library's bitcode, which cargo leaves out by default.
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        // `-Z` on a stable compiler.
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["build", "--release", "--target", TARGET])
        .arg("-Zbuild-std=std,panic_abort,test")
        .arg("--target-dir")
        .arg(&target);
    run(&mut cargo, BY_HAND)?;

    let mut libraries = Vec::new();
    for file in fs::read_dir(target.join(TARGET).join("release/deps"))? {
        let path = file?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".rlib") && !name.starts_with("libempty-") {
            libraries.push(path);
        }
    }
    Ok(libraries)
}

fn install(libraries: &[PathBuf], scratch: &Path) -> Result<()> {
    run(as_root("rm")?.args(["-rf", DEBIAN_STD]), BY_HAND)?;
    run(as_root("mkdir")?.args(["-p", DEBIAN_STD]), BY_HAND)?;
    run(as_root("cp")?.args(libraries).arg(DEBIAN_STD), BY_HAND)?;
    // Libraries of one compiler are useless to another: the stamp says whose they are.
    let stamp = scratch.join("built-with");
    fs::write(&stamp, capture(command("/usr/bin/rustc").arg("--version"))?)?;
    run(as_root("cp")?.arg(stamp).arg(debian_stamp()), BY_HAND)
}
