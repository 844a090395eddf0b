//! Bad input that comes by messages ends in an error or a defined value, and the process goes on.
//! What Lua itself gets wrong is in `tests/process/bad-input.json`; what uses up memory is tested where memory has
//! a limit: `tests/machine.rs`, in a browser.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod process;

use ao_machine::{Answer, Machine};
use process::Process;
use serde_json::{Value, json};

const BOOT: &str = "Handlers.add('Ping', 'Ping', function(m) m.reply({ Data = 'pong' }) end)";

fn pongs(process: &Process) -> bool {
    let ping = process.message("PING", &json!([{ "name": "Action", "value": "Ping" }]), "");
    ping["Messages"][0]["Data"] == "pong"
}

fn has_tag(outcome: &Value, tag: &Value) -> bool {
    let tags = outcome["Messages"][0]["Tags"].as_array().unwrap();
    tags.contains(tag)
}

#[test]
fn functions_in_messages_are_left_out() {
    let process = Process::boot(BOOT);
    let outcome = process.eval(
        "ao.send({ Target = 'T', F = print, Data = 'd', T = { f = print, a = 1 }, Tags = { G = print } })",
    );
    assert!(has_tag(&outcome, &json!({ "name": "F" })), "{outcome}");
    assert!(has_tag(&outcome, &json!({ "name": "G" })), "{outcome}");
    let table = json!({ "name": "T", "value": { "a": 1 } });
    assert!(has_tag(&outcome, &table), "{outcome}");
    let outcome = process.eval("ao.send({ Target = 'T', Data = print })");
    assert_eq!(outcome["Messages"][0].get("Data"), None);
    assert!(pongs(&process));
}

#[test]
fn a_message_that_json_cannot_hold_is_refused_with_the_reason() {
    for (value, reason) in [
        ("1/0", "unexpected number value 'inf'"),
        ("-1/0", "unexpected number value '-inf'"),
        ("0/0", "unexpected number value 'nan'"),
        ("{ print }", "unexpected type 'function'"),
        ("coroutine.create(print)", "unexpected type 'thread'"),
        ("{ 1, nil, 3 }", "invalid table: sparse array"),
        ("{ 1, a = 2 }", "invalid table: mixed or invalid key types"),
        ("circular", "circular reference"),
        ("deep", "nested too deeply"),
    ] {
        let process = Process::boot(BOOT);
        let lua = format!(
            "local circular = {{}} circular.t = circular \
             local deep = {{}} for i = 1, 1000 do deep = {{ deep }} end \
             ao.send({{ Target = 'T', V = {value} }})"
        );
        let answer = process.answer(
            "EVAL",
            &json!([{ "name": "Action", "value": "Eval" }]),
            &lua,
        );
        assert!(matches!(answer, Answer::Thrown(_)), "{value}: {answer:?}");
        assert_eq!(answer.text(), reason, "{value}");
        assert!(pongs(&process), "after {value}");
    }
}

#[test]
fn bytes_that_are_no_utf_8_come_to_the_process_as_they_are() {
    let machine = Machine::new().unwrap();
    let environment = br#"{"Process":{"Id":"P","Owner":"O","Tags":[]}}"#;
    let evaluate = |tags: &[u8], data: &[u8]| {
        let start = br#"{"Id":"P","Target":"P","From":"O","Owner":"O","Module":"M","Block-Height":1,"Timestamp":1,"Tags":["#;
        let message = [start, tags, br#"],"Data":""#, data, br#""}"#].concat();
        match machine.evaluate(&message, environment, 100_000_000) {
            Answer::Outcome(outcome) => outcome,
            other => panic!("{other:?}"),
        }
    };
    let contains = |outcome: &[u8], part: &[u8]| outcome.windows(part.len()).any(|at| at == part);
    let eval = br#"{"name":"Action","value":"Eval"}"#;

    evaluate(br#"{"name":"Type","value":"Process"}"#, b"");
    let handler = b"Handlers.add('Show', 'Show', function(m) print(#m.Data .. m.Data .. #m.Tags.Odd .. m.Tags.Odd) end)";
    evaluate(eval, handler);
    let odd =
        b"{\"name\":\"Action\",\"value\":\"Show\"},{\"name\":\"Odd\",\"value\":\"\xed\xa0\x80\"}";
    let shown = evaluate(odd, b"\xff\xfe");
    assert!(contains(&shown, b"2\xff\xfe3\xed\xa0\x80"));
    let odd_name = b"{\"name\":\"\xff\x80\",\"value\":\"x\"}";
    assert!(!contains(&evaluate(odd_name, b""), br#""Error""#));
    assert!(contains(
        &evaluate(eval, b"return 'still ' .. #Inbox"),
        b"still 2"
    ));
}

#[test]
fn ten_thousand_handlers_answer() {
    let process = Process::boot("");
    for _ in 0..10 {
        process.output(
            "for _ = 1, 1000 do Handlers.add('h' .. #Handlers.list, function() return false end, print) end",
        );
    }
    process.output(
        "Handlers.add('Ping', 'Ping', function(m) m.reply({ Data = #Handlers.list .. '' }) end)",
    );
    let ping = process.message("PING", &json!([{ "name": "Action", "value": "Ping" }]), "");
    assert_eq!(ping["Messages"][0]["Data"], "10003", "{ping}");
}
