//! What a script loads, and what that loads: imports, workers and wasm alike.

use std::{collections::BTreeSet, fs, path::PathBuf};

use anyhow::{Context, Result};

/// The files that are loaded from `entry` on, itself included. `find` says where a file is, if it is one of the
/// package's.
///
/// A script names what it loads as a string that begins with `./`, in `import` and in `new URL` alike; the build
/// leaves no other way. Scripts that are loaded only when they are needed count as well.
pub(super) fn of(entry: &str, find: impl Fn(&str) -> Option<PathBuf>) -> Result<BTreeSet<String>> {
    let mut loaded = BTreeSet::new();
    let mut found = vec![entry.to_owned()];
    while let Some(name) = found.pop() {
        let path = find(&name).with_context(|| format!("{name} is missing in pkg/dist"))?;
        let is_script = path.extension().is_some_and(|end| end == "js");
        if !loaded.insert(name) || !is_script {
            continue;
        }
        let script = fs::read_to_string(path)?;
        found.extend(named(&script).filter(|name| find(name).is_some()));
    }
    Ok(loaded)
}

/// Every string of a script that begins with `./`, without that.
fn named(script: &str) -> impl Iterator<Item = String> + '_ {
    ['"', '\'', '`'].into_iter().flat_map(move |quote| {
        let begins = format!("{quote}./");
        let parts: Vec<_> = script.split(&begins).skip(1).collect();
        parts
            .into_iter()
            .filter_map(move |rest| Some(rest.split_once(quote)?.0.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use std::env;

    use super::*;

    #[test]
    fn imports_workers_and_wasm_are_followed_and_counted_once() {
        let dir = env::temp_dir().join(format!("ao-unit-closure-{}", std::process::id()));
        fs::create_dir_all(dir.join("wasm")).unwrap();
        for (name, text) in [
            (
                "index.js",
                r#"import{a}from"./a.js";import"./b.js";import("./later.js")"#,
            ),
            (
                "a.js",
                r#"new Worker(new URL("./worker.js",import.meta.url));x="./none.js""#,
            ),
            ("b.js", "export const b='./a.js'"),
            (
                "worker.js",
                r#"import"./b.js";new URL("./wasm/unit_bg.wasm",import.meta.url)"#,
            ),
            ("later.js", ""),
            ("other.js", ""),
            ("wasm/unit_bg.wasm", r#""./other.js""#),
        ] {
            fs::write(dir.join(name), text).unwrap();
        }
        let find = |name: &str| Some(dir.join(name)).filter(|path| path.exists());
        let loaded = of("index.js", find).unwrap();
        let expected = [
            "a.js",
            "b.js",
            "index.js",
            "later.js",
            "wasm/unit_bg.wasm",
            "worker.js",
        ];
        assert!(loaded.iter().eq(&expected), "{loaded:?}");
        assert!(of("none.js", find).is_err());
        fs::remove_dir_all(dir).unwrap();
    }
}
