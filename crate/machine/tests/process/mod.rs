//! A process driven natively: one machine, messages from its owner.
#![allow(dead_code, unreachable_pub, reason = "each suite uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use ao_machine::{Answer, Machine};
use serde_json::{Value, json};

const GAS: u64 = 100_000_000;

/// A machine that has evaluated its process's first message.
#[derive(Debug)]
pub struct Process(Machine);

impl Process {
    /// Boots a process with `lua`.
    pub fn boot(lua: &str) -> Self {
        let process = Self(Machine::new().unwrap());
        let tags = json!([
            { "name": "Type", "value": "Process" },
            { "name": "Module", "value": "MODULE" },
            { "name": "On-Boot", "value": "Data" },
        ]);
        let outcome = process.message("PROCESS", &tags, lua);
        assert_eq!(outcome["Error"], Value::Null, "{outcome}");
        process
    }

    /// The outcome of a message from the owner.
    pub fn message(&self, id: &str, tags: &Value, data: &str) -> Value {
        match self.answer(id, tags, data) {
            Answer::Outcome(outcome) => serde_json::from_slice(&outcome).unwrap(),
            other => panic!("no outcome: {}", other.text()),
        }
    }

    /// What the machine answers to a message from the owner.
    pub fn answer(&self, id: &str, tags: &Value, data: &str) -> Answer {
        let message = json!({
            "Id": id, "Target": "PROCESS", "From": "OWNER", "Owner": "OWNER", "Tags": tags, "Data": data,
            "Timestamp": 1_709_210_096_789_u64, "Block-Height": 1_000_000, "Nonce": 1, "Epoch": 0,
        });
        let environment = json!({
            "Process": { "Id": "PROCESS", "Owner": "OWNER", "Tags": [{ "name": "Module", "value": "MODULE" }] },
            "Module": { "Id": "MODULE", "Owner": "", "Tags": [] },
        });
        let (message, environment) = (message.to_string(), environment.to_string());
        self.0
            .evaluate(message.as_bytes(), environment.as_bytes(), GAS)
    }

    /// The outcome of Lua that the owner sends.
    pub fn eval(&self, lua: &str) -> Value {
        self.message("EVAL", &json!([{ "name": "Action", "value": "Eval" }]), lua)
    }

    /// Its error; empty if there is none.
    pub fn error(&self, lua: &str) -> String {
        self.eval(lua)["Error"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// What it prints.
    pub fn output(&self, lua: &str) -> String {
        let outcome = self.eval(lua);
        assert_eq!(outcome.get("Error"), None, "{lua}: {outcome}");
        outcome["Output"]["data"].as_str().unwrap().to_owned()
    }
}

/// Each expression prints what stands beside it.
pub fn prints(cases: &[(&str, &str)]) {
    let process =
        Process::boot("function reason(...) return (select(2, pcall(...)):gsub('^.-: ', '')) end");
    for (lua, expected) in cases {
        let outcome = process.eval(lua);
        assert_eq!(outcome["Output"]["data"], *expected, "{lua}: {outcome}");
    }
}
