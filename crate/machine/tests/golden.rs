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

    /// Answers every step of the scenario, as texts to compare.
    fn replay(scenario: &Value) -> Vec<String> {
        let mut process = Self::start();
        steps(scenario)
            .iter()
            .map(|step| {
                process
                    .evaluate(step["msg"].to_string(), step["env"].to_string())
                    .map_or_else(|reason| threw(&reason), |result| comparable(&result))
            })
            .collect()
    }
}

fn check(file: &str) {
    let differences = Differences::read();
    let mut failures = Vec::new();
    for scenario in scenarios(file) {
        let title = scenario["title"].as_str().unwrap();
        let answers = Process::replay(&scenario);
        for (index, (ours, step)) in answers.iter().zip(steps(&scenario)).enumerate() {
            let theirs = recorded(step);
            // A difference that is gone must leave the list.
            if (*ours != theirs) != differences.contain(title, index) {
                failures.push(disagreement(title, index, step, ours, &theirs));
            }
        }
    }
    assert!(failures.is_empty(), "{file}:\n{}", failures.join("\n"));
}

/// Where aos fails only for want of `json`, and in what follows from it, ours answers as aos does in the
/// same scenario with `json`, which has one step more at its beginning.
fn check_without_json(file: &str, with_json: &str) {
    let differences = Differences::read();
    let mut failures = Vec::new();
    for (scenario, with_json) in scenarios(file).iter().zip(scenarios(with_json)) {
        let title = scenario["title"].as_str().unwrap();
        let mut wanted = false;
        let answers = Process::replay(scenario);
        for (index, (ours, step)) in answers.iter().zip(steps(scenario)).enumerate() {
            let theirs = recorded(step);
            wanted |= theirs.contains("global 'json'");
            let agrees = *ours == theirs
                || differences.contain(title, index + 1)
                || (wanted && *ours == recorded(&steps(&with_json)[index + 1]));
            if !agrees {
                failures.push(disagreement(title, index, step, ours, &theirs));
            }
        }
    }
    assert!(failures.is_empty(), "{file}:\n{}", failures.join("\n"));
}

fn disagreement(title: &str, index: usize, step: &Value, ours: &str, theirs: &str) -> String {
    let data = &step["msg"]["Data"];
    format!("{title} step {index} {data}\n  ours   {ours}\n  theirs {theirs}")
}

fn scenarios(file: &str) -> Vec<Value> {
    read(file)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn steps(scenario: &Value) -> &[Value] {
    scenario["steps"].as_array().unwrap()
}

fn read(file: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden");
    fs::read_to_string(format!("{folder}/{file}")).unwrap()
}

/// The steps that differ on purpose: `differences.json` has them by scenario and step, with the reason.
struct Differences(Value);

impl Differences {
    fn read() -> Self {
        Self(serde_json::from_str(&read("differences.json")).unwrap())
    }

    fn contain(&self, title: &str, step: usize) -> bool {
        self.0[title].get(step.to_string()).is_some()
    }
}

/// What aos answered to the step.
fn recorded(step: &Value) -> String {
    step["threw"]
        .as_str()
        .map_or_else(|| comparable(&step["result"]), threw)
}

fn threw(reason: &str) -> String {
    format!("threw {}", normal(reason))
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
fn the_seed_snippets_do_not_fail_for_want_of_json() {
    check_without_json("seeds-without-json.jsonl", "seeds.jsonl");
}

#[test]
fn everything_else_answers_as_on_the_network() {
    check("more.jsonl");
}
