//! `.crypto`: what the standards say, and what the network's own module answered.

use std::fs;

use ao_machine::{Answer, Machine};
use serde_json::{Value, json};

const GAS: u64 = 10_000_000_000;

fn evaluate(machine: &Machine, lua: &str, gas: u64) -> Answer {
    let message = json!({
        "Target": "AOS", "From": "FOOBAR", "Owner": "FOOBAR", "Id": "AOS", "Module": "WOOPAWOOPA",
        "Block-Height": "999", "Timestamp": 1000, "Data": lua, "Tags": [{"name": "Action", "value": "Eval"}],
    });
    let environment = json!({
        "Process": {"Id": "AOS", "Owner": "FOOBAR", "Tags": [{"name": "Authority", "value": "FOOBAR"}]},
        "Module": {"Id": "WOOPAWOOPA", "Owner": "x", "Tags": []},
    });
    machine.evaluate(
        message.to_string().as_bytes(),
        environment.to_string().as_bytes(),
        gas,
    )
}

fn eval(machine: &Machine, lua: &str) -> String {
    let answer = evaluate(machine, lua, GAS);
    assert!(
        matches!(answer, Answer::Outcome(_)),
        "{lua}: {}",
        answer.text()
    );
    let outcome: Value = serde_json::from_str(answer.text()).expect("an outcome is JSON");
    let data = outcome["Output"]["data"].as_str();
    data.unwrap_or_else(|| panic!("{lua}: {outcome}"))
        .to_owned()
}

/// The value of an expression over `c` (`.crypto`), `text` and `array` (a stream and an array of a
/// string's bytes) and `bytes` (the string of hexadecimal digits).
fn value(expression: &str) -> String {
    let lua = format!(
        r#"
        local c = require(".crypto")
        local text, array, bytes = c.utils.stream.fromString, c.utils.array.fromString, c.utils.hex.hexToString
        return tostring({expression})
        "#
    );
    eval(&Machine::new().expect("a machine starts"), &lua)
}

#[test]
fn random_numbers_are_those_of_the_network() {
    assert_eq!(value("c.random()"), "532713800.0");
    // One number of `math.random` is drawn for a seed that is not used.
    assert_eq!(
        value("c.random() .. ' ' .. math.random(1, 1000000)"),
        "532713800.0 511708"
    );
    assert_eq!(value("c.random(0, 100, '42')"), "96");
}

#[test]
fn every_recorded_script_answers_as_on_the_network() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/crypto");
    let prelude = fs::read_to_string(format!("{folder}/prelude.lua")).unwrap();
    for line in fs::read_to_string(format!("{folder}/recorded.jsonl"))
        .unwrap()
        .lines()
    {
        let recorded: Value = serde_json::from_str(line).unwrap();
        let machine = Machine::new().unwrap();
        eval(&machine, &format!("{prelude}\nreturn ''"));
        let ours = eval(&machine, recorded["lua"].as_str().unwrap());
        let theirs = recorded["answer"].as_str().unwrap();
        let title = recorded["title"].as_str().unwrap();
        assert_eq!(
            ours.lines().count(),
            theirs.lines().count(),
            "{title}\n{ours}"
        );
        for (ours, theirs) in ours.lines().zip(theirs.lines()) {
            assert_eq!(without_position(ours), without_position(theirs), "{title}");
        }
    }
}

/// A note without the place in the runtime that raised it.
fn without_position(note: &str) -> String {
    let Some((before, place)) = note.split_once("[string \\\".") else {
        return note.to_owned();
    };
    let after = place.split_once("]:").map_or(place, |(_, after)| after);
    format!(
        "{before}{}",
        after.trim_start_matches(|c: char| c.is_ascii_digit())
    )
}

#[test]
fn a_stream_without_end_runs_out_of_gas() {
    let lua = "require('.crypto').digest.sha1(function() return 0 end)";
    assert_eq!(
        evaluate(&Machine::new().unwrap(), lua, 10_000_000),
        Answer::OutOfGas
    );
}
