//! Bad input ends in an error or a defined value, and the process goes on.
//! What uses up memory is tested where memory has a limit: `tests/machine.rs`, in a browser.

mod process;

use process::{Process, prints};
use serde_json::{Value, json};

/// Evaluates `lua`, and asserts that the process answers afterwards as before.
fn survives(lua: &str) -> Value {
    let process =
        Process::boot("Handlers.add('Ping', 'Ping', function(m) m.reply({ Data = 'pong' }) end)");
    let outcome = process.eval(lua);
    let ping = process.message("PING", &json!([{ "name": "Action", "value": "Ping" }]), "");
    assert_eq!(ping["Messages"][0]["Data"], "pong", "after {lua}: {ping}");
    outcome
}

fn fails(lua: &str, reason: &str) {
    let outcome = survives(lua);
    let error = outcome["Error"].as_str().unwrap_or_default();
    assert!(error.contains(reason), "{lua}: {outcome}");
}

fn gives(lua: &str, data: &str) {
    let outcome = survives(lua);
    assert_eq!(outcome["Output"]["data"], data, "{lua}: {outcome}");
}

#[test]
fn recursion_without_end_is_an_error() {
    fails(
        "local function f() return 1 + f() end f()",
        "stack overflow",
    );
    fails(
        "local t = setmetatable({}, {}) getmetatable(t).__index = function(s, k) return s[k] end return t.x",
        "overflow",
    );
    fails(
        "local s = 'x' for i = 1, 300 do s = '(' .. s .. ')' end return load('return ' .. ('('):rep(300) .. '1' .. (')'):rep(300))",
        "overflow",
    );
    fails(
        "local co co = function() return coroutine.wrap(co)() end co()",
        "overflow",
    );
    gives("return tostring((pcall(string.rep, 'x', -1)))", "true");
}

#[test]
fn a_pattern_that_backtracks_for_ever_ends() {
    fails(
        "return (('a'):rep(300000)):find(('.-'):rep(300000) .. 'b')",
        "pattern too complex",
    );
    fails("return ('a'):find('[')", "malformed pattern");
    fails("return ('a'):match('(')", "unfinished capture");
    fails(
        "return ('a'):rep(40):find(('(a)'):rep(40))",
        "too many captures",
    );
}

#[test]
fn tables_that_contain_themselves_are_shown() {
    gives(
        "local t = {} t[1] = t print(t)",
        "{\n  <circular reference>\n }",
    );
    gives(
        "local t = { { } } t[1][1] = t return t",
        "{\n  {\n    <circular reference>\n   }\n }",
    );
    gives(
        "local t = {} t[1] = t return (Dump(t):gsub('0x%x+', 'P'))",
        "{\n    [1] = \"<Circular table: P>\"\n}",
    );
    gives(
        "local t = {} t.t = t return require('.pretty').tprint(t)",
        "t: <circular reference>\n",
    );
    gives(
        "local t = {} t[1] = t return require('.stringify').format(t, 2)",
        "{\n    <circular reference>\n   }",
    );
    fails(
        "local t = {} t.t = t return json.encode(t)",
        "circular reference",
    );
    fails(
        "local t = {} for i = 1, 1000 do t = { t } end return json.encode(t)",
        "nested too deeply",
    );
    fails("return json.decode(('['):rep(100000))", "nested too deeply");
    gives(
        "local t = {} t.t = t local c = ao.clone(t) return tostring(c ~= t and c.t == c)",
        "true",
    );
}

#[test]
fn functions_in_messages_are_left_out() {
    let outcome =
        survives("ao.send({ Target = 'T', F = print, Data = 'd', Tags = { G = print } })");
    let tags = outcome["Messages"][0]["Tags"].as_array().unwrap();
    let shown: Vec<&Value> = tags
        .iter()
        .filter(|tag| tag["name"] == "F" || tag["name"] == "G")
        .collect();
    assert_eq!(shown, [&json!({ "name": "F" }), &json!({ "name": "G" })]);
    let outcome = survives("ao.send({ Target = 'T', Data = print })");
    assert_eq!(outcome["Messages"][0].get("Data"), None);
}

#[test]
fn what_json_cannot_hold_is_refused() {
    prints(&[
        (
            "reason(json.encode, 0/0):match('unexpected number value')",
            "unexpected number value",
        ),
        (
            "reason(json.encode, { -1/0 })",
            "unexpected number value '-inf'",
        ),
        (
            "reason(json.encode, { print })",
            "unexpected type 'function'",
        ),
        (
            "reason(json.decode, 'NaN')",
            "unexpected character 'N' at line 1 col 1",
        ),
        (
            "reason(json.decode, '\"\\1\"')",
            "control character in string at line 1 col 2",
        ),
        ("json.decode('1e999')", "inf"),
    ]);
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

#[test]
fn bytes_that_are_no_text_stay_as_they_are() {
    gives(
        "local d = '\\xff\\xfe\\0' return #d .. ' ' .. #json.decode(json.encode(d)) .. ' ' .. d:byte(1)",
        "3 3 255",
    );
    gives("return tostring(utf8.len('\\xff'))", "nil");
}

#[test]
fn binary_chunks_do_not_load() {
    gives("return tostring(load(string.dump(function() end)))", "nil");
    gives("return tostring(load('\\27Lua', 'x', 'bt'))", "nil");
    gives(
        "return tostring(load(function() return nil end) ~= nil)",
        "true",
    );
}
