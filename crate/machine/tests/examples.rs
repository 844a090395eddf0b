//! The examples of `www/examples`, natively: what each step of their scripts expects.
//! `www/examples/README.md` says how to read them; `tests/golden/examples.mjs` does the same in a browser.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ao_machine::{Answer, Machine};
use serde_json::{Value, json};

const GAS: u64 = 100_000_000;
const START: u64 = 1_700_000_000_000;
/// The block of the process itself; each message is in the next one.
const START_HEIGHT: u64 = 1000;
const NAMES: [&str; 5] = ["owner", "alice", "bob", "carol", "process"];

/// What the templates of a step stand for.
type Facts = BTreeMap<String, Value>;

#[test]
fn every_example_answers_as_its_script_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/examples");
    let mut failures = Vec::new();
    let mut n_examples = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_dir() {
            continue;
        }
        let script = fs::read_to_string(path.join("messages.json")).unwrap();
        let script: Value = serde_json::from_str(&script).unwrap();
        // Several processes, and a clock, need a unit: `tests/playground` runs them.
        if script.get("cast").is_some() || script.get("spawn").is_some() {
            continue;
        }
        n_examples += 1;
        if let Err(failure) = run(&path, &script) {
            failures.push(format!("{}: {failure}", path.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(n_examples >= 15, "only {n_examples} examples were found");
}

fn run(folder: &Path, script: &Value) -> Result<(), String> {
    let source = fs::read_to_string(folder.join("process.lua")).unwrap();
    let machine = Machine::new().unwrap();

    let spawn = json!({
        "id": "process", "from": "owner", "data": source,
        "tags": { "Type": "Process", "On-Boot": "Data" },
    });
    evaluate(&machine, &spawn, &facts(&spawn, 0)).map_err(|error| format!("boot: {error}"))?;
    for (index, step) in script["steps"].as_array().unwrap().iter().enumerate() {
        let facts = facts(step, index as u64 + 1);
        evaluate(&machine, &fill(step, &facts), &facts)
            .and_then(|outcome| check(&fill(&step["expected"], &facts), &outcome))
            .map_err(|error| format!("step {}: {error}", index + 1))?;
    }
    Ok(())
}

fn evaluate(machine: &Machine, step: &Value, facts: &Facts) -> Result<Value, String> {
    let data = match &step["data"] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    let tags: Vec<Value> = step["tags"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect();
    let message = json!({
        "Id": facts["id"], "Target": "process", "From": step["from"], "Owner": step["from"],
        "Tags": tags, "Data": data, "Timestamp": facts["timestamp"],
        "Block-Height": START_HEIGHT + facts["nonce"].as_u64().unwrap_or_default(), "Nonce": facts["nonce"], "Epoch": 0, "Module": "module",
    });
    let environment = json!({
        "Process": { "Id": "process", "Owner": "owner", "Tags": [{ "name": "Module", "value": "module" }] },
        "Module": { "Id": "module", "Owner": "", "Tags": [] },
    });
    let (message, environment) = (message.to_string(), environment.to_string());
    match machine.evaluate(message.as_bytes(), environment.as_bytes(), GAS) {
        Answer::Outcome(outcome) => Ok(serde_json::from_slice(&outcome).unwrap()),
        other => Err(other.text().to_owned()),
    }
}

fn check(expected: &Value, outcome: &Value) -> Result<(), String> {
    if outcome.get("Error").is_some() {
        return Err(outcome.to_string());
    }
    let messages: Vec<Value> = outcome["Messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(with_tags_by_name)
        .collect();
    let none = json!([]);
    let is_right = matches(
        expected.get("messages").unwrap_or(&none),
        &Value::Array(messages),
    ) && expected
        .get("output")
        .is_none_or(|output| contains(output, &outcome["Output"]["data"]));
    if is_right {
        Ok(())
    } else {
        Err(outcome.to_string())
    }
}

fn with_tags_by_name(message: &Value) -> Value {
    let mut message = message.clone();
    let tags = message["Tags"].take();
    message["Tags"] = tags
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| {
            (
                tag["name"].as_str().unwrap().to_owned(),
                tag["value"].clone(),
            )
        })
        .collect();
    message
}

fn contains(expected: &Value, output: &Value) -> bool {
    match expected {
        Value::Array(parts) => {
            let output = output.as_str().unwrap();
            parts
                .iter()
                .all(|part| output.contains(part.as_str().unwrap()))
        }
        _ => matches(expected, output),
    }
}

/// Whether everything that is expected is there.
fn matches(expected: &Value, actual: &Value) -> bool {
    match (expected, actual) {
        (Value::Array(_) | Value::Object(_), Value::String(text)) => {
            serde_json::from_str(text).is_ok_and(|actual: Value| matches(expected, &actual))
        }
        (Value::Array(expected), Value::Array(actual)) => {
            expected.len() == actual.len()
                && expected
                    .iter()
                    .zip(actual)
                    .all(|(one, other)| matches(one, other))
        }
        (Value::Object(expected), Value::Object(actual)) => expected.iter().all(|(name, value)| {
            actual
                .get(name)
                .is_some_and(|actual| matches(value, actual))
        }),
        (Value::Number(expected), Value::Number(actual)) => expected.as_f64() == actual.as_f64(),
        _ => expected == actual,
    }
}

fn facts(step: &Value, nonce: u64) -> Facts {
    let id = step["id"]
        .as_str()
        .map_or(format!("message-{nonce}"), str::to_owned);
    let mut facts: Facts = NAMES
        .iter()
        .map(|name| ((*name).to_owned(), json!(name)))
        .collect();
    facts.insert("id".to_owned(), json!(id));
    facts.insert("nonce".to_owned(), json!(nonce));
    facts.insert("timestamp".to_owned(), json!(START + nonce * 1000));
    facts.insert("age".to_owned(), json!(nonce * 1000));
    facts
}

/// `value` with every `{name}` in its texts replaced; a text that is nothing else becomes the fact itself.
fn fill(value: &Value, facts: &Facts) -> Value {
    match value {
        Value::Array(values) => values.iter().map(|value| fill(value, facts)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), fill(value, facts)))
            .collect(),
        Value::String(text) => fill_text(text, facts),
        _ => value.clone(),
    }
}

fn fill_text(text: &str, facts: &Facts) -> Value {
    let mut filled = text.to_owned();
    for (name, fact) in facts {
        let template = format!("{{{name}}}");
        if text == template {
            return fact.clone();
        }
        let fact = fact
            .as_str()
            .map_or_else(|| fact.to_string(), str::to_owned);
        filled = filled.replace(&template, &fact);
    }
    Value::String(filled)
}
