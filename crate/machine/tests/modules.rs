//! The modules that a process can require, beyond what the golden transcripts show.

mod process;

use process::{Process, prints};

#[test]
fn modules_answer_to_their_names() {
    prints(&[
        ("type(require('.base64').encode)", "function"),
        ("require('base64') == require('.base64')", "true"),
        ("type(require('.pretty').tprint)", "function"),
        ("require('.dump') == Dump", "true"),
        (
            "require('.utils') == Utils and require('.handlers') == Handlers",
            "true",
        ),
    ]);
}

#[test]
fn what_few_processes_need_is_loaded_by_the_first_require() {
    let process = Process::boot("");
    assert_eq!(
        process.output("return tostring(package.loaded['.bint'])"),
        "nil"
    );
    assert_eq!(
        process.output("return tostring(package.loaded['.crdt'])"),
        "nil"
    );
    assert_eq!(process.output("return require('.bint')(256).bits"), "256");
    assert_eq!(
        process.output("return package.loaded['.bint'] == require('.bint')"),
        "true"
    );
}

#[test]
fn base64_is_that_of_the_standard() {
    prints(&[
        // RFC 4648, section 10.
        (
            "local b, t = require('.base64'), {} for i = 0, 6 do t[i + 1] = b.encode(('foobar'):sub(1, i)) end \
             return table.concat(t, ' ')",
            " Zg== Zm8= Zm9v Zm9vYg== Zm9vYmE= Zm9vYmFy",
        ),
        ("require('.base64').decode('Zm9vYmE=')", "fooba"),
        (
            "local b = require('.base64') local e, d = b.makeencoder('-', '_'), b.makedecoder('-', '_') \
             return b.encode('\\251\\255', e) .. #b.decode('-_8=', d)",
            "-_8=2",
        ),
    ]);
    let error = Process::boot("").error("require('.base64').decode('Zm8')");
    assert!(
        error.contains("attempt to perform arithmetic on a nil value"),
        "{error}"
    );
}

#[test]
fn every_byte_survives_base64() {
    let lua = "local b, bytes = require('.base64'), {} \
        for i = 0, 299 do bytes[#bytes + 1] = string.char(i * 7 % 256) \
          local text = table.concat(bytes) assert(b.decode(b.encode(text)) == text, i) end return 'ok'";
    assert_eq!(Process::boot("").output(lua), "ok");
}

#[test]
fn dump_writes_lua_that_loads_again() {
    let lua = "local value = { 1, 2.5, 'a\\n\"b\\0', { ['end'] = true, x = { [0] = false } }, [1e100] = -1 } \
        return Dump(load('return ' .. Dump(value))()) == Dump(value)";
    assert_eq!(Process::boot("").output(lua), "true");
}

#[test]
fn strings_leave_arithmetic_to_the_other_operand() {
    prints(&[
        ("tostring('7' // require('.bint')(256)(2))", "3"),
        ("tostring('1' << require('.bint')(256)(4))", "16"),
        (
            "'a' + setmetatable({}, { __add = function(a) return a .. '!' end })",
            "a!",
        ),
    ]);
}
