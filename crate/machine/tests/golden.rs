//! The recorded answers of the network's own runtime, step for step.
//! `tests/golden/README.md` says how they compare.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod compare;

use std::fs;

use ao_machine::{Answer, Machine};
use compare::{comparable, threw};
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

/// Every step that differs stands in the document, too, behind its scenario and its reason.
#[test]
fn the_document_lists_every_step_that_differs() {
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/differences.md");
    let document = fs::read_to_string(document).unwrap();
    let Differences(listed) = Differences::read();
    for (title, steps) in listed.as_object().unwrap() {
        for (step, reason) in steps.as_object().unwrap() {
            let row = format!("| {} |", reason.as_str().unwrap());
            let scenario = format!("`{title}`: ");
            let is_listed = document
                .lines()
                .filter(|line| line.starts_with(&row))
                .filter_map(|line| line.split_once(&scenario))
                .any(|(_, rest)| {
                    let steps = rest.split([';', '|']).next().unwrap_or_default();
                    steps.split(',').any(|listed| listed.trim() == step)
                });
            assert!(is_listed, "{title}, step {step}: {reason}");
        }
    }
}
