//! `cargo xtask size`: what ships, raw and compressed, against its budget.

use std::{fs, io::Write, path::Path};

use anyhow::{Result, bail};
use flate2::{Compression, write::GzEncoder};

use crate::{build, shell::root};

/// What a part may weigh, compressed as a server sends it (gzip, level 9).
const BUDGET: [Part; 3] = [
    Part {
        name: "wasm/machine.wasm",
        holds: |path| path.ends_with("machine.wasm"),
        kilobytes: 300,
    },
    Part {
        name: "wasm/unit_bg.wasm",
        holds: |path| path.ends_with("unit_bg.wasm"),
        kilobytes: 400,
    },
    Part {
        name: "all JavaScript",
        holds: |path| path.extension().is_some_and(|end| end == "js"),
        kilobytes: 80,
    },
];

/// Builds the package, prints its sizes and compares them.
///
/// # Errors
///
/// When a part is over its budget, or missing.
pub(crate) fn run() -> Result<()> {
    build::package()?;
    let dist = root().join("pkg/dist");
    let mut files = Vec::new();
    collect(&dist, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));

    println!(
        "{:<40} {:>10} {:>10} {:>10}",
        "pkg/dist", "raw", "gzip", "budget"
    );
    for file in &files {
        let name = Path::new(&file.path)
            .strip_prefix(&dist)
            .unwrap_or(&file.path);
        print_row(&name.display().to_string(), file.raw, file.gzip, "");
    }
    let mut over = Vec::new();
    println!();
    for part in &BUDGET {
        let held: Vec<_> = files
            .iter()
            .filter(|file| (part.holds)(&file.path))
            .collect();
        let raw = held.iter().map(|file| file.raw).sum();
        let gzip: usize = held.iter().map(|file| file.gzip).sum();
        print_row(part.name, raw, gzip, &format!("{} kB", part.kilobytes));
        if held.is_empty() {
            over.push(format!("{} is missing", part.name));
        } else if gzip > part.kilobytes * 1000 {
            over.push(format!(
                "{} has {gzip} bytes, budget {} kB",
                part.name, part.kilobytes
            ));
        }
    }
    if !over.is_empty() {
        bail!("over budget: {}", over.join("; "));
    }
    Ok(())
}

struct Part {
    name: &'static str,
    holds: fn(&Path) -> bool,
    kilobytes: usize,
}

struct Weighed {
    path: std::path::PathBuf,
    raw: usize,
    gzip: usize,
}

/// Weighs what a browser loads: wasm and scripts, not types and source maps.
fn collect(dir: &Path, files: &mut Vec<Weighed>) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|end| end == "wasm" || end == "js")
        {
            let bytes = fs::read(&path)?;
            let gzip = compressed(&bytes)?;
            files.push(Weighed {
                path,
                raw: bytes.len(),
                gzip,
            });
        }
    }
    Ok(())
}

fn compressed(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn print_row(name: &str, raw: usize, gzip: usize, budget: &str) {
    println!("{name:<40} {raw:>10} {gzip:>10} {budget:>10}");
}
