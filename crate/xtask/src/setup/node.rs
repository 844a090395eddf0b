//! Node, and the npm packages of the workspace.

use std::{fmt, fs, path::Path, time::SystemTime};

use anyhow::{Context, Result, bail};

use super::apt;
use crate::shell::{capture, command, done, find, root, run, say};

/// Written after each installation; gone when `node_modules` is.
const STAMP: &str = "node_modules/.installed-by-xtask";
/// Says which Node the package needs.
const MANIFEST: &str = "pkg/package.json";

/// Makes Node and `node_modules` ready.
pub(super) fn ensure() -> Result<()> {
    let oldest = oldest()?;
    let by_hand = format!("install Node {oldest} or later with npm by hand (https://nodejs.org)");
    if find("node").is_none() || find("npm").is_none() {
        apt::install(&["nodejs", "npm"], &by_hand)?;
    }
    let version = capture(command("node").arg("--version"))?;
    if Version::parse(&version) < Some(oldest) {
        bail!("Node {version} is too old\n  {by_hand}");
    }
    if is_installed() {
        done(format_args!("Node {version} and the npm packages"));
        return Ok(());
    }
    install()?;
    fs::write(root().join(STAMP), "")?;
    Ok(())
}

/// The oldest Node that the package runs in.
fn oldest() -> Result<Version> {
    let manifest = fs::read(root().join(MANIFEST))?;
    let manifest: serde_json::Value = serde_json::from_slice(&manifest)?;
    let engine = manifest["engines"]["node"].as_str();
    engine
        .and_then(Version::parse)
        .with_context(|| format!("{MANIFEST} says no Node in engines: as in \">=20.16\""))
}

/// A version of Node, as far as it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    major: u32,
    minor: u32,
}

impl Version {
    /// Reads `v20.16.0`, as Node says it, and `>=20.16`, as a manifest does.
    fn parse(text: &str) -> Option<Self> {
        let numbers = text.trim().trim_start_matches(['v', '>', '=', ' ']);
        let mut numbers = numbers.split('.').map(|number| number.parse().ok());
        let major = numbers.next()??;
        let minor = numbers.next().unwrap_or(Some(0))?;
        Some(Self { major, minor })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_node_and_as_a_manifest_write_them() {
        let read = |text| Version::parse(text).map(|version| (version.major, version.minor));
        assert_eq!(read("v20.16.0\n"), Some((20, 16)));
        assert_eq!(read(">=20.16"), Some((20, 16)));
        assert_eq!(read(">= 22"), Some((22, 0)));
        for none in ["", "v", "node", "20.x"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn the_minor_version_counts() {
        let oldest = Version::parse("20.16");
        for old in ["v20.15.1", "v18.20.4", "v20.9.0", "nothing"] {
            assert!(Version::parse(old) < oldest, "{old}");
        }
        for young in ["v20.16.0", "v20.20.2", "v22.0.0", "v100.1.0"] {
            assert!(Version::parse(young) >= oldest, "{young}");
        }
    }

    #[test]
    fn the_package_says_which_node_it_needs() -> Result<()> {
        assert!(
            oldest()?
                >= Version {
                    major: 20,
                    minor: 16
                }
        );
        Ok(())
    }
}
