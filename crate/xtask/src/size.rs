//! `cargo xtask size`: what a page loads, raw and compressed, against its budget.

use std::{collections::BTreeMap, fs, io::Write, path::Path};

use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};

use crate::{build, shell::root};

mod closure;

/// What a file may weigh, compressed as a server sends it (gzip, level 9), in kilobytes of 1000 bytes.
const FILES: [(&str, usize); 3] = [
    ("wasm/machine.wasm", 263),
    ("wasm/secp256k1.wasm", 33),
    ("wasm/unit_bg.wasm", 325),
];

/// What a page loads only when somebody hands it what few do: the curve of Ethereum's wallets, and what knows items
/// where there is no unit. And the unit in the page's own thread, where there are no workers. `tests/packaging/load.test.mjs`
/// shows that a page loads the rest and nothing else.
const SELDOM: [&str; 3] = ["wasm/secp256k1.wasm", "wasm-", "here-"];

/// What an entry may weigh, with all that it loads: its scripts, and its scripts and wasm together.
///
/// The bar for all of it is 560, and is not reached: what it has come to is held until it is.
const ENTRIES: [Budget; 1] = [Budget {
    entry: "index.js",
    scripts: 45,
    all: 621,
}];

struct Budget {
    entry: &'static str,
    scripts: usize,
    all: usize,
}

/// Builds the package, prints its sizes and compares them.
///
/// # Errors
///
/// When something is over its budget, or missing.
pub(crate) fn run() -> Result<()> {
    build::package()?;
    let (files, entries) = all()?;
    print_row(["pkg/dist", "raw", "gzip", "budget"]);
    files.iter().for_each(Weighed::print);
    println!();
    print_row(["what an entry loads", "raw", "gzip", "budget"]);
    entries.iter().for_each(Weighed::print);

    let over: Vec<String> = files
        .iter()
        .chain(&entries)
        .filter_map(Weighed::excess)
        .collect();
    if !over.is_empty() {
        bail!("over budget: {}", over.join("; "));
    }
    Ok(())
}

/// What has been built: names, compressed bytes, and budgets in kilobytes.
///
/// # Errors
///
/// When a file is missing that has a budget.
pub(crate) fn weights() -> Result<Vec<(String, usize, Option<usize>)>> {
    let (files, entries) = all()?;
    let weighed = files.into_iter().chain(entries);
    Ok(weighed
        .map(|it| (it.name, it.weight.gzip, it.kilobytes))
        .collect())
}

/// Something that has a weight, and may have a budget.
struct Weighed {
    name: String,
    weight: Weight,
    kilobytes: Option<usize>,
}

impl Weighed {
    fn print(&self) {
        let budget = self.kilobytes.map(|kilobytes| format!("{kilobytes} kB"));
        print_row([
            &self.name,
            &self.weight.raw.to_string(),
            &self.weight.gzip.to_string(),
            &budget.unwrap_or_default(),
        ]);
    }

    fn excess(&self) -> Option<String> {
        let (kilobytes, gzip) = (self.kilobytes?, self.weight.gzip);
        let is_over = gzip > kilobytes * 1000;
        is_over.then(|| format!("{} has {gzip} bytes, budget {kilobytes} kB", self.name))
    }
}

/// The files that ship, and what each entry loads of them.
fn all() -> Result<(Vec<Weighed>, Vec<Weighed>)> {
    let dist = root().join("pkg/dist");
    let files = weigh(&dist)?;
    for (name, _) in FILES {
        if !files.contains_key(name) {
            bail!("{name} is missing");
        }
    }
    let mut loads = Vec::new();
    for entry in entries()? {
        let loaded = closure::of(&entry, |name| {
            let is_seldom = SELDOM.iter().any(|begin| name.starts_with(begin));
            let counts = files.contains_key(name) && !is_seldom;
            counts.then(|| dist.join(name))
        })?;
        let sum = |counts: fn(&str) -> bool| {
            loaded
                .iter()
                .filter(|name| counts(name))
                .map(|name| files[name])
                .fold(Weight::default(), Weight::plus)
        };
        let budget = ENTRIES.iter().find(|budget| budget.entry == entry);
        loads.push(Weighed {
            name: format!("{entry}: scripts"),
            weight: sum(is_script),
            kilobytes: budget.map(|it| it.scripts),
        });
        loads.push(Weighed {
            name: format!("{entry}: and wasm"),
            weight: sum(|_| true),
            kilobytes: budget.map(|it| it.all),
        });
    }
    let weighed = |(name, weight)| Weighed {
        kilobytes: FILES
            .iter()
            .find(|(file, _)| *file == name)
            .map(|(_, kilobytes)| *kilobytes),
        name,
        weight,
    };
    Ok((files.into_iter().map(weighed).collect(), loads))
}

/// The scripts that the manifest of the package exports.
fn entries() -> Result<Vec<String>> {
    let manifest = fs::read(root().join("pkg/package.json"))?;
    let manifest: serde_json::Value = serde_json::from_slice(&manifest)?;
    let exports = manifest["exports"].as_object();
    let mut entries: Vec<_> = exports
        .context("pkg/package.json has exports")?
        .values()
        .filter_map(|export| export["default"].as_str()?.strip_prefix("./dist/"))
        .map(str::to_owned)
        .collect();
    entries.sort();
    entries.dedup();
    Ok(entries)
}

#[derive(Clone, Copy, Default)]
struct Weight {
    raw: usize,
    gzip: usize,
}

impl Weight {
    fn plus(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
        }
    }
}

/// Weighs what a browser loads, by its path in `dist`: wasm and scripts, not types and source maps. The glue in
/// `wasm` is in the scripts already.
fn weigh(dist: &Path) -> Result<BTreeMap<String, Weight>> {
    let mut files = BTreeMap::new();
    for (folder, extension) in [("", "js"), ("wasm/", "wasm")] {
        for entry in fs::read_dir(dist.join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|end| end == extension) {
                let bytes = fs::read(&path)?;
                let name = path.file_name().context("a file has a name")?;
                let weight = Weight {
                    raw: bytes.len(),
                    gzip: compressed(&bytes)?,
                };
                files.insert(format!("{folder}{}", name.to_string_lossy()), weight);
            }
        }
    }
    Ok(files)
}

fn is_script(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "js")
}

fn compressed(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn print_row([name, raw, gzip, budget]: [&str; 4]) {
    println!("{name:<40} {raw:>10} {gzip:>10} {budget:>10}");
}
