//! The programs of `tests/process`, natively: what each prints, or how it fails.
//! `tests/golden/programs.mjs` does the same through `ao-unit/machine`, in Node and in Chromium.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod process;

use std::fs;
use std::path::Path;

use process::Process;
use serde_json::{Value, json};

const PING: &str = "Handlers.add('Ping', 'Ping', function(m) m.reply({ Data = 'pong' }) end)\n";

#[test]
fn every_program_prints_or_fails_as_is_written_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/process");
    let (mut failures, mut n_cases) = (Vec::new(), 0);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let programs: Vec<Value> =
            serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for program in &programs {
            for case in program["cases"].as_array().unwrap() {
                n_cases += 1;
                let wrong = failure(program["boot"].as_str().unwrap(), case);
                failures.extend(
                    wrong.map(|wrong| format!("{}: {}: {wrong}", program["title"], case["lua"])),
                );
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(n_cases >= 250, "only {n_cases} cases were found");
}

/// What is wrong with the case, in a process of its own.
fn failure(boot: &str, case: &Value) -> Option<String> {
    let process = Process::boot(&format!("{PING}{boot}"));
    let outcome = process.eval(case["lua"].as_str().unwrap());
    let is_right = match case["fails"].as_str() {
        Some(reason) => outcome["Error"]
            .as_str()
            .is_some_and(|error| error.ends_with(reason)),
        None => outcome["Output"]["data"] == case["prints"],
    };
    if !is_right {
        return Some(outcome.to_string());
    }
    let ping = process.message("PING", &json!([{ "name": "Action", "value": "Ping" }]), "");
    (ping["Messages"][0]["Data"] != "pong").then(|| "it does not answer afterwards".to_owned())
}
