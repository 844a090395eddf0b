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
fn each_message_has_an_environment_of_its_own() {
    let process = Process::boot("");
    process
        .output("ao.env.Process.Tags.Mine = 'x'; ao.env.Process.Owner = nil; ao.env.Module = nil");
    for (lua, expected) in [
        ("ao.env.Process.Tags.Mine == nil", "true"),
        ("ao.env.Process.Tags.Module", "MODULE"),
        ("ao.env.Process.Owner", "OWNER"),
        ("ao.env.Module.Id", "MODULE"),
        ("#ao.env.Process.TagArray", "1"),
    ] {
        assert_eq!(process.output(lua), expected, "{lua}");
    }
}

#[test]
fn types_have_the_names_that_lua_gives_them() {
    prints(&[
        (
            "type(nil) .. type(true) .. type(1) .. type('')",
            "nilbooleannumberstring",
        ),
        (
            "type({}) .. type(type) .. type(coroutine.create(type))",
            "tablefunctionthread",
        ),
        ("reason(type)", "bad argument #1 to 'type' (value expected)"),
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
