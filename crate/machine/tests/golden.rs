//! The recorded answers of the network's own runtime, step for step.
//! `tests/golden/README.md` says how they compare.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;

use ao_machine::{Answer, Machine};
use serde_json::Value;

const GAS: u64 = 1_000_000_000;

/// A process driven as a unit drives it: what fails leaves the state as it was.
struct Process {
    machine: Machine,
    log: Vec<(String, String)>,
}

impl Process {
    fn start() -> Self {
        Self {
            machine: Machine::new().unwrap(),
            log: Vec::new(),
        }
    }

    fn evaluate(&mut self, msg: String, env: String) -> Result<Value, String> {
        let answer = self.machine.evaluate(msg.as_bytes(), env.as_bytes(), GAS);
        let result = match &answer {
            Answer::Outcome(text) => {
                Ok(serde_json::from_str::<Value>(&String::from_utf8_lossy(text)).unwrap())
            }
            _ => Err(answer.text().to_owned()),
        };
        match &result {
            Ok(outcome) if outcome.get("Error").is_none() => self.log.push((msg, env)),
            _ => self.roll_back(),
        }
        result
    }

    fn roll_back(&mut self) {
        self.machine = Machine::new().unwrap();
        for (msg, env) in &self.log {
            self.machine.evaluate(msg.as_bytes(), env.as_bytes(), GAS);
        }
    }
}

fn check(file: &str) {
    let path = format!("{}/../../tests/golden/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut failures = Vec::new();
    let mut n_steps = 0;
    for line in fs::read_to_string(path).unwrap().lines() {
        let scenario: Value = serde_json::from_str(line).unwrap();
        let mut process = Process::start();
        for (index, step) in scenario["steps"].as_array().unwrap().iter().enumerate() {
            n_steps += 1;
            let ours = process.evaluate(step["msg"].to_string(), step["env"].to_string());
            let ours = ours.map_or_else(|e| format!("threw {}", normal(&e)), |r| comparable(&r));
            let theirs = step["threw"].as_str().map_or_else(
                || comparable(&step["result"]),
                |reason| format!("threw {}", normal(reason)),
            );
            let title = scenario["title"].as_str().unwrap();
            // A difference that is gone must leave the list.
            if (ours != theirs) != differs_on_purpose(title, index) {
                let data = &step["msg"]["Data"];
                failures.push(format!(
                    "{title} step {index} {data}\n  ours   {ours}\n  theirs {theirs}"
                ));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{file}: {} of {n_steps} steps differ\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// Steps that differ on purpose, as `docs/differences.md` lists them: scenario, step, why.
const DIFFERENCES: &[(&str, usize, &str)] = &[
    (
        "nonextractable",
        2,
        "tags do not override the message's own fields",
    ),
    (
        "pipe [lua5.3]",
        5,
        "tags can be read in their sender's spelling",
    ),
    ("debug [lua5.3]", 3, "os.date is the message's"),
    ("debug [lua5.3]", 4, "os.date is the message's"),
];

fn differs_on_purpose(title: &str, step: usize) -> bool {
    DIFFERENCES
        .iter()
        .any(|(scenario, index, _)| *scenario == title && *index == step)
}

/// What of a result is compared, as one text.
fn comparable(result: &Value) -> String {
    if let Some(error) = result.get("Error").filter(|error| !error.is_null()) {
        return format!(
            "Error {}",
            normal(&error.as_str().map_or(error.to_string(), str::to_owned))
        );
    }
    let data = result["Output"]["data"]
        .as_str()
        .map(normal)
        .unwrap_or_default();
    let list = |name: &str| -> Vec<String> {
        result[name]
            .as_array()
            .into_iter()
            .flatten()
            .map(sendable)
            .collect()
    };
    format!(
        "{data:?} {:?} {:?} {:?}",
        list("Messages"),
        list("Spawns"),
        list("Assignments")
    )
}

/// A message: the first four tags in order, the rest as a set.
fn sendable(message: &Value) -> String {
    let tags: Vec<String> = message["Tags"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|tag| format!("{} = {}", tag["name"], sorted_json(&tag["value"])))
        .collect();
    let (fixed, rest) = tags.split_at(tags.len().min(4));
    let mut rest = rest.to_vec();
    rest.sort();
    let fields: BTreeMap<&str, String> = message
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| *name != "Tags")
        .map(|(name, value)| (name.as_str(), sorted_json(value)))
        .collect();
    format!("{fields:?} {fixed:?} {rest:?}")
}

/// Text that holds JSON is compared by its value, not by the order of its keys.
fn sorted_json(value: &Value) -> String {
    let Some(text) = value.as_str() else {
        return value.to_string();
    };
    let text = normal(text);
    let inner = serde_json::from_str::<Value>(&text).ok();
    inner.map_or(text, |inner| format!("json {inner}"))
}

fn normal(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("0x") {
        out.push_str(&rest[..at]);
        out.push_str("0x…");
        rest = rest[at + 2..].trim_start_matches(|c: char| c.is_ascii_hexdigit());
    }
    out.push_str(rest);
    sorted_lines(&without_positions(&without_traceback(&out)))
}

/// `[string ".handlers"]:723: ` is `[runtime]: `; the user's own chunk keeps its line.
fn without_positions(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("[string ") {
        let (before, tail) = rest.split_at(at);
        let runtime = ["[string \".", "[string \"json\"", "[string \\\"json\\\""]
            .iter()
            .any(|start| tail.starts_with(start));
        out.push_str(before);
        let end = tail.find("]:").map_or(tail.len(), |end| end + 2);
        if runtime {
            out.push_str("[runtime]:");
            rest = tail[end..].trim_start_matches(|c: char| c.is_ascii_digit());
        } else {
            out.push_str(&tail[..end]);
            rest = &tail[end..];
        }
    }
    out.push_str(rest);
    out
}

fn without_traceback(text: &str) -> String {
    let (Some(start), Some(end)) = (
        text.find("stack traceback:"),
        text.rfind("\u{1b}[31merror:"),
    ) else {
        return text.to_owned();
    };
    format!("{}{}", &text[..start], &text[end..])
}

/// A printed table's lines come in the order of `pairs`.
fn sorted_lines(text: &str) -> String {
    if !text.contains("\u{1b}[31m") || !text.contains(" = ") {
        return text.to_owned();
    }
    let mut lines: Vec<&str> = text
        .lines()
        .map(|line| line.trim_end_matches(','))
        .collect();
    lines.sort_unstable();
    lines.join("\n")
}

#[test]
fn handlers_answer_as_on_the_network() {
    check("handlers.jsonl");
}

#[test]
fn print_eval_and_trust_answer_as_on_the_network() {
    check("print-eval-trust.jsonl");
}

#[test]
fn the_seed_snippets_answer_as_on_the_network() {
    check("seeds.jsonl");
}

#[test]
fn everything_else_answers_as_on_the_network() {
    check("more.jsonl");
}
