//! Which Rust builds for wasm: the current one when it has the target, otherwise Debian's.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::shell::{capture, command};

/// The target of everything that ships.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The name under which rustup knows Debian's Rust.
pub(crate) const DEBIAN: &str = "debian";

/// Where Debian's Rust looks for the target's standard library.
pub(crate) const DEBIAN_STD: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib";

/// A Rust that can build for [`TARGET`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The one that runs xtask.
    Current,
    /// Debian's, with a standard library built by `cargo xtask setup`.
    Debian,
}

impl Toolchain {
    /// The first that is ready, if one is.
    pub(crate) fn find() -> Option<Self> {
        if !skips_rustup() && has_target(&current_std().ok()?) {
            Some(Self::Current)
        } else {
            debian_is_ready().then_some(Self::Debian)
        }
    }

    /// `cargo` on this toolchain.
    ///
    /// # Errors
    ///
    /// When none is ready.
    pub(crate) fn cargo() -> Result<Command> {
        Self::program("cargo")
    }

    /// Any program that calls cargo, on this toolchain.
    ///
    /// # Errors
    ///
    /// When none is ready.
    pub(crate) fn program(program: &str) -> Result<Command> {
        let toolchain =
            Self::find().context("no Rust here builds for wasm: `cargo xtask setup`")?;
        let mut command = command(program);
        if toolchain == Self::Debian {
            command.env("RUSTUP_TOOLCHAIN", DEBIAN);
        }
        Ok(command)
    }
}

/// Whether the user asked to do without rustup's target, with `AO_UNIT_SKIP_RUSTUP`.
pub(crate) fn skips_rustup() -> bool {
    env::var_os("AO_UNIT_SKIP_RUSTUP").is_some_and(|value| !value.is_empty())
}

/// The version of Debian's Rust that the standard library at [`DEBIAN_STD`] was built with.
pub(crate) fn debian_stamp() -> PathBuf {
    Path::new(DEBIAN_STD).with_file_name("built-with")
}

fn current_std() -> Result<PathBuf> {
    let sysroot = capture(command("rustc").args(["--print", "sysroot"]))?;
    Ok(Path::new(&sysroot)
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib"))
}

fn has_target(std: &Path) -> bool {
    std.read_dir().is_ok_and(|files| {
        files
            .flatten()
            .any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
    })
}

fn debian_is_ready() -> bool {
    let built_with = std::fs::read_to_string(debian_stamp()).unwrap_or_default();
    has_target(Path::new(DEBIAN_STD))
        && capture(command("/usr/bin/rustc").arg("--version"))
            .is_ok_and(|version| version == built_with.trim())
        && capture(command("rustup").args(["run", DEBIAN, "rustc", "--version"]))
            .is_ok_and(|version| version == built_with.trim())
}
