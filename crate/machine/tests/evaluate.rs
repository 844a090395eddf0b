//! Messages evaluated natively: the entry, the sandbox, the clock, the dialect, JSON.

mod process;

use process::{Process, prints};
use serde_json::json;

#[test]
fn boot_evaluates_the_data_and_keeps_the_message() {
    let process = Process::boot("booted = Owner .. #Inbox");
    assert_eq!(process.eval("booted")["Output"]["data"], "OWNER1");
}

#[test]
fn arithmetic_on_strings_is_that_of_lua_5_3() {
    prints(&[
        (r#""10" + 1"#, "11.0"),
        (r#""7" % 3"#, "1.0"),
        (r#"-"2""#, "-2.0"),
        (r#""3" // "2""#, "1.0"),
        (r#""3" | 0"#, "3"),
        (r#"~"5" & 0xff"#, "250"),
        (r#""1" << 4"#, "16"),
        ("bit32.band(0xff, 0x0f)", "15"),
        ("bit32.arshift(-8, 1)", "4294967292"),
        ("bit32.extract(0xabcd, 4, 8)", "188"),
        ("bit32.lrotate(0x80000001, 1)", "3"),
        ("math.pow(2, 3)", "8.0"),
    ]);
    let error = Process::boot("").error(r#"return "ten" + 1"#);
    assert!(
        error.contains("[string \"aos\"]:1: attempt to perform arithmetic on a string value"),
        "{error}"
    );
}

#[test]
fn time_is_the_messages() {
    prints(&[
        ("os.time()", "1709210096789"),
        ("os.date('!%Y-%m-%dT%H:%M:%S')", "2024-02-29T12:34:56"),
        ("os.date('%c')", "Thu Feb 29 12:34:56 2024"),
        (
            "os.date('%j %U %W %V %G %u %w', 0)",
            "001 00 00 01 1970 4 4",
        ),
        ("os.date('%F %p %I', 1704067199)", "2023-12-31 PM 11"),
        ("os.date('*t', 951782400).yday", "60"),
        ("os.date('%Y-%m-%d', -86400)", "1969-12-31"),
        ("os.clock()", "0.001"),
    ]);
    let error = Process::boot("").error("return os.date('%Q')");
    assert!(
        error.contains("invalid conversion specifier '%Q'"),
        "{error}"
    );
}

#[test]
fn what_reaches_the_host_is_not_there() {
    prints(&[
        ("tostring(io)", "nil"),
        ("tostring(os.execute) .. tostring(os.exit)", "nilnil"),
        ("tostring(dofile) .. tostring(loadfile)", "nilnil"),
        (
            "tostring(debug.sethook) .. tostring(debug.getregistry)",
            "nilnil",
        ),
        ("type(debug.traceback)", "function"),
        ("tostring(load(string.dump(function() end)))", "nil"),
        (
            "tostring(load(string.dump(function() end), 'x', 'b'))",
            "nil",
        ),
        ("tostring(package.loadlib)", "nil"),
    ]);
}

#[test]
fn modules_are_required_by_their_names() {
    prints(&[
        ("require('json') == json", "true"),
        ("require('ao') == ao and require('.ao') == ao", "true"),
        ("package.loaded.mine = 7 return require('mine')", "7"),
        (
            "package.preload.other = function(name) return name end return require('other')",
            "other",
        ),
    ]);
    let error = Process::boot("").error("local x = require('absent')");
    assert!(
        error.contains("[string \"aos\"]:1: module 'absent' not found"),
        "{error}"
    );
}

#[test]
fn json_is_that_of_aos() {
    prints(&[
        ("json.encode({})", "[]"),
        ("json.encode({1, 'a', true})", r#"[1,"a",true]"#),
        ("json.encode({a = 1.0})", r#"{"a":1}"#),
        ("json.encode(1e18)", "1e+18"),
        ("json.encode('\\n\\1\"')", r#""\n\u0001\"""#),
        ("json.encode({f = print, a = 1})", r#"{"a":1}"#),
        ("math.type(json.decode('5'))", "integer"),
        ("math.type(json.decode('5.0'))", "float"),
        ("tostring(json.decode('{\"a\":null}').a)", "nil"),
        ("#json.decode('[1,2,]')", "2"),
        ("json.decode('\"\\\\u00e9\\\\ud83d\\\\ude00\"')", "é😀"),
        (
            "select(2, pcall(json.decode, 'nope'))",
            "[string \"json\"]:23: invalid literal 'nope' at line 1 col 1",
        ),
        (
            "select(2, pcall(json.decode, '[1 2]'))",
            "[string \"json\"]:23: expected ']' or ',' at line 1 col 5",
        ),
        (
            "reason(json.decode, nil)",
            "expected argument of type string, got nil",
        ),
        (
            "reason(json.encode, {1, nil, 3})",
            "invalid table: sparse array",
        ),
        (
            "reason(json.encode, {1, a = 2})",
            "invalid table: mixed or invalid key types",
        ),
        ("reason(json.encode, 1/0)", "unexpected number value 'inf'"),
        (
            "local t = {} t.t = t return reason(json.encode, t)",
            "circular reference",
        ),
        (
            "local t = {} for i = 1, 10000 do t = {t} end return reason(json.encode, t)",
            "nested too deeply",
        ),
        (
            "reason(json.decode, ('['):rep(10000)):match('^[%a ]+deeply')",
            "nested too deeply",
        ),
    ]);
}

#[test]
fn an_error_names_the_users_line_and_keeps_what_was_printed() {
    let process = Process::boot(
        "Handlers.add('Go', function(m)\n  print('before')\n  local t = nil\n  t.x = 1\nend)",
    );
    let outcome = process.message("M", &json!([{ "name": "Action", "value": "Go" }]), "");
    let error = outcome["Error"].as_str().unwrap();
    assert!(error.starts_with("before\n"), "{error}");
    assert!(
        error.contains("[string \"aos\"]:4: attempt to index a nil value (local 't')"),
        "{error}"
    );
    assert!(error.contains("\t[string \"aos\"]:4: in "), "{error}");
    assert!(error.contains("\tin handler 'Go'"), "{error}");
    assert!(
        !error.contains("\t[string \"."),
        "only the user's frames: {error}"
    );
}

#[test]
fn text_that_is_not_utf_8_stays_as_it_is() {
    prints(&[("#json.encode('\\xff\\xfe')", "4"), ("#'\\u{e9}'", "2")]);
}
