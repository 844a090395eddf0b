//! Firefox, in which the differential test runs beside Chromium.

use std::{env, path::PathBuf};

use anyhow::{Context, Result};

use super::apt;
use crate::shell::{done, find};

const BY_HAND: &str = "install Firefox by hand, and set FIREFOX_BIN when it is not on PATH";

/// Makes a Firefox ready.
pub(super) fn ensure() -> Result<()> {
    if firefox().is_err() {
        apt::install(&["firefox-esr"], BY_HAND)?;
    }
    done(firefox()?.display());
    Ok(())
}

/// Where it is.
///
/// # Errors
///
/// When there is none.
pub(crate) fn firefox() -> Result<PathBuf> {
    env::var_os("FIREFOX_BIN")
        .map(PathBuf::from)
        .filter(|path| path.is_file())
        .or_else(|| find("firefox-esr"))
        .or_else(|| find("firefox"))
        .context("there is no Firefox here: `cargo xtask setup`")
}
