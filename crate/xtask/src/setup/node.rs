//! Node, and the npm packages of the workspace.

use std::{fs, path::Path, time::SystemTime};

use anyhow::{Result, bail};

use super::apt;
use crate::shell::{capture, command, done, find, root, run, say};

const OLDEST: u32 = 20;
/// Written after each installation; gone when `node_modules` is.
const STAMP: &str = "node_modules/.installed-by-xtask";
const BY_HAND: &str = "install Node 20 or later with npm by hand (https://nodejs.org)";

/// Makes Node and `node_modules` ready.
pub(super) fn ensure() -> Result<()> {
    if find("node").is_none() || find("npm").is_none() {
        apt::install(&["nodejs", "npm"], BY_HAND)?;
    }
    let version = capture(command("node").arg("--version"))?;
    let major = version.trim_start_matches('v').split('.').next();
    if major.and_then(|major| major.parse().ok()) < Some(OLDEST) {
        bail!("Node {version} is too old\n  {BY_HAND}");
    }
    if is_installed() {
        done(format_args!("Node {version} and the npm packages"));
        return Ok(());
    }
    install()?;
    fs::write(root().join(STAMP), "")?;
    Ok(())
}

/// `npm install` keeps to the lock. `npm ci` would refuse one whose optional packages are those of the
/// platform that wrote it.
fn install() -> Result<()> {
    say("npm install");
    let mut npm = command("npm");
    npm.arg("install")
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run(
        &mut npm,
        "npm could not install the packages that package.json names: see its message above",
    )
}

/// Whether the last installation is newer than the lock and every manifest.
fn is_installed() -> bool {
    let Some(installed) = changed(&root().join(STAMP)) else {
        return false;
    };
    let manifests = [
        "package.json",
        "pkg/package.json",
        "www/package.json",
        "tests/package.json",
    ];
    root().join("package-lock.json").exists()
        && manifests
            .iter()
            .chain(&["package-lock.json"])
            .filter_map(|name| changed(&root().join(name)))
            .all(|manifest| manifest <= installed)
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}
