//! Licences of what is built in and shipped, and of what is run besides; known advisories, as far as their databases
//! can be reached.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    shell::{self, command, find, root, say},
    sources,
};

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

/// What may be run besides, to build, to test and to compare with: nothing of it ships.
const RUN: [&str; 8] = [
    "MPL-2.0",
    "LGPL-3.0-or-later",
    "AGPL-3.0",
    "BlueOak-1.0.0",
    "CC-BY-4.0",
    "Python-2.0",
    // As some manifests write `Apache-2.0`.
    "Apache",
    "Apache-2",
];

/// Packages whose manifest names no licence, and what was found instead.
const UNNAMED: [(&str, &str); 7] = [
    (
        "@permaweb/ao-loader",
        "its repository's; what ao-unit is compared with",
    ),
    (
        "@permaweb/ao-scheduler-utils",
        "its repository's; what aoconnect needs",
    ),
    (
        "@permaweb/aoconnect",
        "its repository's; what ao-unit is compared with, and what users install for the network",
    ),
    ("@permaweb/aoconnect-69", "an earlier one, for wao"),
    ("arweave-stream-tx", "MIT, by its file LICENSE"),
    ("cli-tableau", "MIT, by its file LICENSE"),
    ("wao", "its repository's; what ao-unit is measured beside"),
];

/// Checks the licence of every crate, of every npm package that the pages or the package ship, and of those that are
/// run to build and to test.
///
/// # Errors
///
/// Names those whose licence is not among [`ALLOWED`], and [`RUN`] for what does not ship.
pub(crate) fn run() -> Result<()> {
    let (shipped, run) = packages()?;
    let mut built_in = crates()?;
    built_in.extend(shipped);
    let refused: Vec<String> = refused(&built_in, &ALLOWED)
        .chain(refused(&run, &[&ALLOWED[..], &RUN].concat()))
        .collect();
    if !refused.is_empty() {
        bail!(
            "these licences are not among {} (and {}, for what does not ship):\n{}",
            ALLOWED.join(", "),
            RUN.join(", "),
            refused.join("\n")
        );
    }
    let (shipped, run) = (built_in.len(), run.len());
    say(format_args!(
        "{shipped} licences of what is built in are fine, and {run} of what is run"
    ));
    sources::run()?;
    deny()?;
    advisories();
    Ok(())
}

fn refused(found: &BTreeMap<String, String>, allowed: &[&str]) -> impl Iterator<Item = String> {
    found
        .iter()
        .filter(|(_, licence)| !is_allowed(licence, allowed))
        .map(|(name, licence)| format!("{name}: {licence}"))
}

/// Whether an SPDX expression can be met by what is allowed. `/` is how old manifests write `OR`.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let flat = expression.replace(['(', ')'], "").replace('/', " OR ");
    flat.split(" AND ").all(|part| {
        let mut choices = part.split(" OR ").map(str::trim);
        choices.any(|choice| allowed.contains(&choice))
    })
}

fn crates() -> Result<BTreeMap<String, String>> {
    let mut cargo = command("cargo");
    let output = cargo
        .args(["metadata", "--format-version", "1", "--locked"])
        .output()?;
    if !output.status.success() {
        bail!("cargo metadata failed: {}", reason(&output.stderr));
    }
    let metadata: Value =
        serde_json::from_slice(&output.stdout).context("cargo's metadata is JSON")?;
    let packages = metadata["packages"].as_array().context("it has packages")?;
    Ok(packages
        .iter()
        .map(|package| (title(package), licence(package)))
        .collect())
}

/// What is in the lock file: what ships, which is neither for development alone nor left out where it cannot be had;
/// and all else, but for what is named in [`UNNAMED`].
fn packages() -> Result<(BTreeMap<String, String>, BTreeMap<String, String>)> {
    let lock = fs::read(root().join("package-lock.json"))?;
    let lock: Value = serde_json::from_slice(&lock).context("package-lock.json is JSON")?;
    let packages = lock["packages"].as_object().context("it has packages")?;
    let flagged = |package: &Value, flag: &str| package[flag].as_bool().unwrap_or_default();
    let (shipped, run): (Vec<_>, Vec<_>) = packages
        .iter()
        .filter(|(path, package)| path.contains("node_modules/") && !flagged(package, "link"))
        .map(|(path, package)| (path.clone(), licence(package), package))
        .partition(|(_, _, package)| {
            let flags = ["dev", "devOptional", "optional", "peer"];
            !flags.into_iter().any(|flag| flagged(package, flag))
        });
    let is_unnamed = |path: &str, licence: &str| {
        let name = path.rsplit("node_modules/").next().unwrap_or_default();
        licence == NONE && UNNAMED.iter().any(|(unnamed, _)| *unnamed == name)
    };
    let shipped = shipped
        .into_iter()
        .map(|(path, licence, _)| (path, licence));
    let run = run.into_iter().map(|(path, licence, _)| (path, licence));
    let run = run.filter(|(path, licence)| !is_unnamed(path, licence));
    Ok((shipped.collect(), run.collect()))
}

fn title(package: &Value) -> String {
    let part = |name: &str| package[name].as_str().unwrap_or_default().to_owned();
    format!("{} {}", part("name"), part("version"))
}

/// Old manifests list several, each of which is a choice.
fn licence(package: &Value) -> String {
    let listed = package["license"].as_array().map(|licences| {
        let types = licences
            .iter()
            .filter_map(|licence| licence["type"].as_str());
        types.collect::<Vec<_>>().join(" OR ")
    });
    let named = package["license"].as_str().map(str::to_owned);
    named.or(listed).unwrap_or_else(|| NONE.to_owned())
}

/// A manifest that names no licence.
const NONE: &str = "none";

/// `cargo deny` reads the texts of licences, where this reads manifests, and knows the fuzzer's crates, too.
///
/// # Errors
///
/// When it finds something that `deny.toml` does not allow. Where it is not installed, that is told.
fn deny() -> Result<()> {
    if find("cargo-deny").is_none() {
        say("cargo deny was not asked: `cargo install cargo-deny --locked` installs it");
        return Ok(());
    }
    for manifest in ["Cargo.toml", "crate/data-item/fuzz/Cargo.toml"] {
        let mut deny = command("cargo");
        deny.args(["deny", "--log-level", "error", "--locked"]);
        deny.arg("--manifest-path").arg(root().join(manifest));
        deny.arg("--config").arg(root().join("deny.toml"));
        deny.args(["check", "--hide-inclusion-graph"]);
        deny.args(["licenses", "bans", "sources"]);
        shell::run(&mut deny, "deny.toml has what is allowed, and why")?;
    }
    Ok(())
}

/// Advisories are told, and fail nothing: they come without a change of ours. Where nobody answers, that is told.
fn advisories() {
    let audit = command("npm").args(["audit", "--json"]).output();
    let told = audit.map_or_else(
        |error| error.to_string(),
        |output| npm_advisories(&output.stdout),
    );
    say(format_args!("advisories of npm packages: {told}"));

    let deny = command("cargo")
        .args(["deny", "check", "advisories"])
        .output();
    let told = match deny {
        Ok(output) if output.status.success() => "none".to_owned(),
        Ok(output) => reason(&output.stderr),
        Err(error) => error.to_string(),
    };
    say(format_args!("advisories of crates: {told}"));
}

/// What `npm audit --json` comes to, in a line: the packages that it names, or why it could not be asked.
fn npm_advisories(output: &[u8]) -> String {
    let Ok(report) = serde_json::from_slice::<Value>(output) else {
        return "not known, npm audit gave no report".to_owned();
    };
    let Some(named) = report["vulnerabilities"].as_object() else {
        let texts = [&report["error"]["summary"], &report["message"]];
        let mut texts = texts.into_iter().filter_map(Value::as_str);
        let why = texts.find(|text| !text.is_empty());
        return format!("not known, {}", why.unwrap_or("npm audit says not why"));
    };
    let named: Vec<String> = named
        .iter()
        .map(|(name, of)| format!("{name} ({})", of["severity"].as_str().unwrap_or("unrated")))
        .collect();
    if named.is_empty() {
        return "none".to_owned();
    }
    format!("{}: {}", named.len(), named.join(", "))
}

/// The first line that cargo calls an error; without one the last, where it says what it counted.
fn reason(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let error = text.lines().find(|line| line.starts_with("error"));
    let told = error.or_else(|| text.lines().rfind(|line| !line.trim().is_empty()));
    told.unwrap_or("no answer").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ALLOWED, is_allowed, licence, npm_advisories, reason};

    #[test]
    fn what_npm_knows_is_told_apart_from_what_it_could_not_ask() {
        let told = |report: serde_json::Value| npm_advisories(report.to_string().as_bytes());
        let found = json!({ "vulnerabilities": { "a": { "severity": "high" }, "b": {} } });
        assert_eq!(told(found), "2: a (high), b (unrated)");
        assert_eq!(told(json!({ "vulnerabilities": {} })), "none");
        let refused = json!({ "error": { "code": "ENOAUDIT", "summary": "no such endpoint" } });
        assert_eq!(told(refused), "not known, no such endpoint");
        let refused = json!({ "message": "405", "error": { "summary": "" } });
        assert_eq!(told(refused), "not known, 405");
        assert_eq!(npm_advisories(b""), "not known, npm audit gave no report");
    }

    #[test]
    fn the_line_that_says_why_is_told() {
        assert_eq!(
            reason(b"\nerror: no such command\nhelp: install it\n"),
            "error: no such command"
        );
        assert_eq!(reason(b"fetching\nadvisories ok\n\n"), "advisories ok");
        assert_eq!(reason(b""), "no answer");
    }

    #[test]
    fn the_list_of_cargo_deny_is_this_one() {
        let deny = include_str!("../../../deny.toml");
        let (_, listed) = deny
            .split_once("allow = [")
            .expect("deny.toml lists what is allowed");
        let (listed, _) = listed.split_once(']').expect("the list ends");
        let listed: Vec<&str> = listed.split('"').skip(1).step_by(2).collect();
        assert_eq!(listed, ALLOWED);
    }

    #[test]
    fn one_allowed_choice_is_enough_and_every_part_needs_one() {
        let is_allowed = |expression| is_allowed(expression, &ALLOWED);
        assert!(is_allowed("MIT OR Apache-2.0"));
        assert!(is_allowed("MIT/LGPL-3.0"));
        assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception OR MIT"));
        assert!(!is_allowed("MIT AND GPL-3.0"));
        assert!(!is_allowed("LGPL-3.0-or-later"));
        assert!(!is_allowed("none"));
    }

    #[test]
    fn a_manifest_may_list_licences_or_name_none() {
        let listed = json!({ "license": [{ "type": "Public Domain" }, { "type": "MIT" }] });
        assert_eq!(licence(&listed), "Public Domain OR MIT");
        assert_eq!(licence(&json!({ "license": "ISC" })), "ISC");
        assert_eq!(licence(&json!({})), "none");
    }
}
