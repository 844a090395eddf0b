//! Licences of what is built in and shipped, and known advisories, as far as their databases can be reached.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::shell::{command, root, say};

/// What may be shipped under MIT or Apache-2.0 with no more than a notice.
const ALLOWED: [&str; 12] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "ISC",
    "Zlib",
    "Unlicense",
    "0BSD",
    "Unicode-3.0",
];

/// Checks the licence of every crate, and of every npm package that the pages or the package ship.
///
/// # Errors
///
/// Names those whose licence is not among [`ALLOWED`].
pub(crate) fn run() -> Result<()> {
    let mut found = crates()?;
    found.extend(packages()?);
    let refused: Vec<String> = found
        .iter()
        .filter(|(_, licence)| !is_allowed(licence))
        .map(|(name, licence)| format!("{name}: {licence}"))
        .collect();
    if !refused.is_empty() {
        bail!(
            "these licences are not among {}:\n{}",
            ALLOWED.join(", "),
            refused.join("\n")
        );
    }
    say(format_args!("{} licences are fine", found.len()));
    advisories();
    Ok(())
}

/// Whether an SPDX expression can be met by what is allowed. `/` is how old manifests write `OR`.
fn is_allowed(expression: &str) -> bool {
    let flat = expression.replace(['(', ')'], "").replace('/', " OR ");
    flat.split(" AND ").all(|part| {
        let mut choices = part.split(" OR ").map(str::trim);
        choices.any(|choice| ALLOWED.contains(&choice))
    })
}

fn crates() -> Result<BTreeMap<String, String>> {
    let mut cargo = command("cargo");
    let output = cargo
        .args(["metadata", "--format-version", "1", "--locked"])
        .output()?;
    let metadata: Value =
        serde_json::from_slice(&output.stdout).context("cargo's metadata is JSON")?;
    let packages = metadata["packages"].as_array().context("it has packages")?;
    Ok(packages
        .iter()
        .map(|package| (title(package), licence(package)))
        .collect())
}

/// What is in the lock file, and neither for development alone nor left out where it cannot be had.
fn packages() -> Result<BTreeMap<String, String>> {
    let lock = fs::read(root().join("package-lock.json"))?;
    let lock: Value = serde_json::from_slice(&lock).context("package-lock.json is JSON")?;
    let packages = lock["packages"].as_object().context("it has packages")?;
    let shipped = packages.iter().filter(|(path, package)| {
        let flagged = |flag: &str| package[flag].as_bool().unwrap_or_default();
        path.contains("node_modules/")
            && !["dev", "devOptional", "optional", "peer", "link"]
                .into_iter()
                .any(flagged)
    });
    Ok(shipped
        .map(|(path, package)| (path.clone(), licence(package)))
        .collect())
}

fn title(package: &Value) -> String {
    let part = |name: &str| package[name].as_str().unwrap_or_default().to_owned();
    format!("{} {}", part("name"), part("version"))
}

fn licence(package: &Value) -> String {
    package["license"].as_str().unwrap_or("none").to_owned()
}

/// Advisories are told, and fail nothing: they come without a change of ours. Where nobody answers, that is told.
fn advisories() {
    let audits: [(&str, &[&str]); 2] = [
        ("npm", &["audit", "--omit=dev"]),
        ("cargo", &["deny", "check", "advisories"]),
    ];
    for (program, arguments) in audits {
        let audited = command(program).args(arguments).output();
        match audited {
            Ok(output) if output.status.success() => {
                say(format_args!("{program} knows of no advisory"));
            }
            Ok(output) => {
                let text = String::from_utf8_lossy(&output.stderr);
                let told = String::from_utf8_lossy(&output.stdout);
                let last = text
                    .lines()
                    .chain(told.lines())
                    .find(|line| !line.trim().is_empty());
                let reason = last.unwrap_or("no answer").trim();
                say(format_args!(
                    "advisories by {program} {}: {reason}",
                    arguments[0]
                ));
            }
            Err(error) => say(format_args!("advisories by {program}: {error}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn one_allowed_choice_is_enough_and_every_part_needs_one() {
        assert!(is_allowed("MIT OR Apache-2.0"));
        assert!(is_allowed("MIT/LGPL-3.0"));
        assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception OR MIT"));
        assert!(!is_allowed("MIT AND GPL-3.0"));
        assert!(!is_allowed("LGPL-3.0-or-later"));
        assert!(!is_allowed("none"));
    }
}
