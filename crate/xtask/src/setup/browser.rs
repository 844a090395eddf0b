//! Chromium and its driver, for the browser suites and the demo.

use std::{env, path::PathBuf};

use anyhow::{Context, Result};

use super::apt;
use crate::shell::{done, find};

const BY_HAND: &str = "install Chromium or Chrome and the chromedriver of its version by hand, \
    and set CHROME_BIN and CHROMEDRIVER when they are not on PATH";

/// Makes a browser and its driver ready.
pub(super) fn ensure() -> Result<()> {
    if chrome().is_err() || chromedriver().is_err() {
        apt::install(&["chromium", "chromium-driver"], BY_HAND)?;
    }
    let (chrome, driver) = (chrome()?, chromedriver()?);
    done(format_args!(
        "{} and {}",
        chrome.display(),
        driver.display()
    ));
    Ok(())
}

/// Where the browser is.
///
/// # Errors
///
/// When there is none.
pub(crate) fn chrome() -> Result<PathBuf> {
    of_variable("CHROME_BIN")
        .or_else(|| find("chromium"))
        .or_else(|| find("google-chrome"))
        .or_else(|| find("google-chrome-stable"))
        .context("there is no Chromium here: `cargo xtask setup`")
}

/// Where the browser's driver is.
///
/// # Errors
///
/// When there is none.
pub(crate) fn chromedriver() -> Result<PathBuf> {
    of_variable("CHROMEDRIVER")
        .or_else(|| find("chromedriver"))
        .context("there is no chromedriver here: `cargo xtask setup`")
}

fn of_variable(name: &str) -> Option<PathBuf> {
    env::var_os(name)
        .map(PathBuf::from)
        .filter(|path| path.is_file())
}
