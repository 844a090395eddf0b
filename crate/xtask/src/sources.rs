//! Where what is built with comes from, and what of it runs when it is installed, as far as the lock files tell.

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::shell::{root, say};

/// How a source ends that is the registry of Cargo.
const REGISTRY: &str = "/rust-lang/crates.io-index";

/// The lock files of Cargo.
const CARGO: [&str; 2] = ["Cargo.lock", "crate/data-item/fuzz/Cargo.lock"];

/// The npm packages that may run a script when they are installed. What others bring is a matter to look at first.
const SCRIPTS: [&str; 5] = [
    "node_modules/esbuild",
    "node_modules/keccak",
    "node_modules/lmdb",
    "node_modules/msgpackr-extract",
    "node_modules/secp256k1",
];

/// Checks that each crate and each npm package is from its registry, by a checksum, and runs nothing unheard of.
///
/// # Errors
///
/// Names those of which that does not hold.
pub(crate) fn run() -> Result<()> {
    let lock = fs::read(root().join("package-lock.json"))?;
    let mut strange = strange_packages(&serde_json::from_slice(&lock)?)?;
    for path in CARGO {
        let lock = fs::read_to_string(root().join(path)).with_context(|| path.to_owned())?;
        strange.extend(strange_crates(&lock));
    }
    if !strange.is_empty() {
        bail!(
            "what the lock files say of these is not as it should be:\n{}",
            strange.join("\n")
        );
    }
    say("everything is from its registry, by a checksum");
    Ok(())
}

fn strange_packages(lock: &Value) -> Result<Vec<String>> {
    let packages = lock["packages"]
        .as_object()
        .context("package-lock.json has packages")?;
    let mut strange = Vec::new();
    for (path, package) in packages {
        if !path.contains("node_modules/") || package["link"] == true {
            continue;
        }
        let integrity = package["integrity"].as_str().unwrap_or_default();
        if !integrity.starts_with("sha512-") {
            strange.push(format!("{path} has no checksum"));
        }
        // Without an address, it is from the registry that npm is told of.
        if let Some(address) = package["resolved"].as_str() {
            strange.push(format!("{path} is from {address}"));
        }
        if package["hasInstallScript"] == true && !SCRIPTS.contains(&path.as_str()) {
            strange.push(format!("{path} runs a script when it is installed"));
        }
    }
    Ok(strange)
}

/// A crate of the workspace has neither a source nor a checksum.
fn strange_crates(lock: &str) -> Vec<String> {
    let packages = lock.split("[[package]]").skip(1);
    let strange = packages.filter_map(|package| {
        let field = |name: &str| {
            let prefix = format!("{name} = ");
            package.lines().find_map(|line| line.strip_prefix(&prefix))
        };
        let source = field("source")?.trim_matches('"');
        let name = field("name").unwrap_or("a crate").trim_matches('"');
        if !source.starts_with("registry+https://") || !source.ends_with(REGISTRY) {
            return Some(format!("{name} is from {source}"));
        }
        field("checksum")
            .is_none()
            .then(|| format!("{name} has no checksum"))
    });
    strange.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{REGISTRY, strange_crates, strange_packages};

    #[test]
    fn a_package_from_elsewhere_without_a_checksum_or_with_a_script_is_named() {
        let lock = json!({ "packages": {
            "": {},
            "pkg": {},
            "node_modules/ao-unit": { "link": true, "resolved": "pkg" },
            "node_modules/fine": { "integrity": "sha512-x" },
            "node_modules/esbuild": { "integrity": "sha512-x", "hasInstallScript": true },
            "node_modules/a": { "integrity": "sha1-x" },
            "node_modules/b": { "integrity": "sha512-x", "resolved": "git+ssh://somewhere/b" },
            "node_modules/c": { "integrity": "sha512-x", "hasInstallScript": true },
            "node_modules/d": { "integrity": "sha512-x", "resolved": "https://somewhere.example/d.tgz" },
        }});
        let strange = strange_packages(&lock).expect("the lock file reads");
        assert_eq!(
            strange,
            [
                "node_modules/a has no checksum",
                "node_modules/b is from git+ssh://somewhere/b",
                "node_modules/c runs a script when it is installed",
                "node_modules/d is from https://somewhere.example/d.tgz",
            ]
        );
    }

    #[test]
    fn a_crate_from_elsewhere_or_without_a_checksum_is_named() {
        let registry = format!("registry+https://forge.example{REGISTRY}");
        let lock = format!(
            "version = 4\n\n[[package]]\nname = \"own\"\n\n\
            [[package]]\nname = \"fine\"\nsource = \"{registry}\"\nchecksum = \"y\"\n\n\
            [[package]]\nname = \"a\"\nsource = \"git+x\"\n\n\
            [[package]]\nname = \"b\"\nsource = \"{registry}\"\n\n\
            [[package]]\nname = \"c\"\nsource = \"registry+https://elsewhere.example/index\"\nchecksum = \"y\"\n"
        );
        assert_eq!(
            strange_crates(&lock),
            [
                "a is from git+x",
                "b has no checksum",
                "c is from registry+https://elsewhere.example/index",
            ]
        );
    }
}
