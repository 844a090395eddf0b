//! `machine.wasm` as it ships: metered, limited, and deterministic.
#![cfg(target_family = "wasm")]

mod machine_wasm;

use ao_unit::checkpoint::{Baseline, capture, restore_alone};
use ao_unit::machine::{Evaluation, Limits, Machine, MachineHost, Verdict};
use ao_unit_browser::{WasmMachine, WasmMachines};
use machine_wasm::machines;
use serde_json::{Value, json};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const LIMITS: Limits = Limits {
    memory: 32 << 20,
    gas: 50_000_000,
};

fn environment() -> Vec<u8> {
    let tags = json!([{ "name": "Module", "value": "MODULE" }]);
    let process = json!({ "Id": "PROCESS", "Owner": "OWNER", "Tags": tags });
    json!({ "Process": process, "Module": { "Id": "MODULE", "Owner": "", "Tags": [] } })
        .to_string()
        .into()
}

fn message(tags: &Value, data: &str, id: &str) -> Vec<u8> {
    let message = json!({
        "Id": id, "Target": "PROCESS", "From": "OWNER", "Owner": "OWNER", "Tags": tags, "Data": data,
        "Timestamp": 1_700_000_000_000_u64, "Block-Height": 1_000_000, "Nonce": 1, "Epoch": 0,
    });
    message.to_string().into()
}

/// A machine that has booted a process with `lua`.
fn booted(machines: &WasmMachines, lua: &str) -> WasmMachine {
    let mut machine = machines.start(&LIMITS).expect("a machine starts");
    let tags = json!([
        { "name": "Type", "value": "Process" },
        { "name": "Module", "value": "MODULE" },
        { "name": "On-Boot", "value": "Data" },
    ]);
    let evaluation = machine.evaluate(&message(&tags, lua, "PROCESS"), &environment(), LIMITS.gas);
    let outcome = outcome(&evaluation);
    assert_eq!(outcome["Error"], Value::Null, "{outcome}");
    machine
}

fn eval(machine: &mut WasmMachine, lua: &str) -> Evaluation {
    let tags = json!([{ "name": "Action", "value": "Eval" }]);
    machine.evaluate(&message(&tags, lua, "EVAL"), &environment(), LIMITS.gas)
}

fn outcome(evaluation: &Evaluation) -> Value {
    match &evaluation.verdict {
        Verdict::Outcome(text) => serde_json::from_slice(text).expect("an outcome is JSON"),
        other => panic!("no outcome: {other:?}"),
    }
}

fn printed(evaluation: &Evaluation) -> String {
    outcome(evaluation)["Output"]["data"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[wasm_bindgen_test]
async fn lua_runs() {
    let mut machine = booted(&machines().await, "x = 20");
    assert_eq!(printed(&eval(&mut machine, "return x + 22")), "42");
    assert_eq!(printed(&eval(&mut machine, "return _VERSION")), "Lua 5.4");
}

#[wasm_bindgen_test]
async fn errors_are_caught_and_coroutines_yield_through_them() {
    let mut machine = booted(&machines().await, "");
    let lua = "local co = coroutine.wrap(function() local ok, e = pcall(function() \
        local got = coroutine.yield(1) error(got, 0) end) return e end) co() return co('through')";
    assert_eq!(printed(&eval(&mut machine, lua)), "through");
}

#[wasm_bindgen_test]
async fn an_endless_loop_uses_up_its_gas() {
    let mut machine = booted(&machines().await, "");
    for lua in [
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "return ('a'):rep(30000):find(('a-'):rep(30) .. 'b')",
        "local t = setmetatable({}, { __gc = function() while true do end end }) t = nil collectgarbage()",
    ] {
        let evaluation = eval(&mut machine, lua);
        assert!(
            matches!(evaluation.verdict, Verdict::OutOfGas),
            "{lua}: {evaluation:?}"
        );
        machine = booted(&machines().await, "");
    }
}

#[wasm_bindgen_test]
async fn memory_ends_at_its_limit() {
    let mut machine = booted(&machines().await, "");
    let evaluation = eval(
        &mut machine,
        "local s, t = ('x'):rep(1 << 20), {} for i = 1, 100 do t[i] = s .. i end",
    );
    let error = outcome(&evaluation)["Error"].to_string();
    assert!(error.contains("not enough memory"), "{error}");
    assert!(machine.memory() as u64 <= LIMITS.memory);
}

/// What ends an evaluation: the last line of its error, or one of these.
const OUT_OF_GAS: &str = "out of gas";
const TRAPPED: &str = "trapped";

fn end(evaluation: &Evaluation) -> String {
    match &evaluation.verdict {
        Verdict::Outcome(_) => {
            let outcome = outcome(evaluation);
            let last = outcome["Error"]
                .as_str()
                .and_then(|error| error.lines().last());
            last.unwrap_or("no error").to_owned()
        }
        Verdict::Thrown(reason) => format!("threw {reason}"),
        Verdict::OutOfGas => OUT_OF_GAS.to_owned(),
        Verdict::Trapped(_) => TRAPPED.to_owned(),
    }
}

/// Programs that would fill the memory, and how each ends.
const ENDS: [(&str, &str); 25] = [
    ("return ('x'):rep(1 << 30)", "not enough memory"),
    ("return ('x'):rep(1 << 31)", "resulting string too large"),
    (
        "return ('x'):rep(math.maxinteger)",
        "resulting string too large",
    ),
    (
        "return ('x'):rep(1 << 16, ('y'):rep(1 << 16))",
        "resulting string too large",
    ),
    (
        "local s = 'x' while true do s = s .. s end",
        "not enough memory",
    ),
    (
        "return ('x'):rep(1 << 20):gsub('x', ('y'):rep(1 << 12))",
        "not enough memory",
    ),
    (
        "return ('%99999d'):rep(1000):format(1)",
        "invalid conversion specification: '%99999d'",
    ),
    (
        "return table.concat({ ('x'):rep(1 << 23), ('y'):rep(1 << 23), ('z'):rep(1 << 23) }):rep(4)",
        OUT_OF_GAS,
    ),
    (
        "return string.pack('s8', ('x'):rep(1 << 23)):rep(8)",
        "not enough memory",
    ),
    (
        "local t = {} for i = 1, 1e9 do t[i] = i end",
        "not enough memory",
    ),
    (
        "local t = {} for i = 1, 1e9 do t[i] = { i } end",
        "not enough memory",
    ),
    (
        "return { table.unpack({}, 1, 1e6) }",
        "too many results to unpack",
    ),
    (
        "local t = {} for i = 1, 3000 do t = { t } end print(t)",
        "not enough memory",
    ),
    (
        "local t = {} for i = 1, 3000 do t = { t } end return Dump(t)",
        OUT_OF_GAS,
    ),
    (
        "local t = {} for i = 1, 3000 do t = { t, t } end return require('.pretty').tprint(t)",
        "not enough memory",
    ),
    (
        "local t = {} for i = 1, 1e6 do t[i] = 'text ' .. i end return json.encode({ t, t, t, t })",
        "not enough memory",
    ),
    (
        "return json.decode('[' .. ('[],'):rep(2000000) .. '1]')",
        "not enough memory",
    ),
    (
        "local t = {} for i = 1, 60 do t = { t, t } end return json.encode(t)",
        OUT_OF_GAS,
    ),
    (
        "return require('.base64').encode(('x'):rep(1 << 23))",
        "not enough memory",
    ),
    (
        "for i = 1, 1e9 do Handlers.add('h' .. i, 'x', print) end",
        OUT_OF_GAS,
    ),
    (
        "for i = 1, 1e9 do Send({ Target = 'T', Data = i }) end",
        OUT_OF_GAS,
    ),
    ("for i = 1, 1e9 do print(i) end", OUT_OF_GAS),
    (
        "local function f() return coroutine.wrap(f)() end return f()",
        "C stack overflow",
    ),
    (
        "local all = {} for i = 1, 1e9 do all[i] = coroutine.create(print) end",
        "not enough memory",
    ),
    (
        "return load('return ' .. ('('):rep(100000) .. '1')",
        "C stack overflow",
    ),
];

#[wasm_bindgen_test]
async fn what_would_fill_the_memory_ends_as_is_written_beside_it() {
    let machines = machines().await;
    let mut wrong = Vec::new();
    for (lua, expected) in ENDS {
        let mut machine = booted(&machines, "answer = 42");
        let before = machine.image(None);
        let evaluation = eval(&mut machine, lua);
        let end = end(&evaluation);
        if !end.ends_with(expected) {
            wrong.push(format!("{lua}: {end}"));
        }
        assert!(machine.memory() as u64 <= LIMITS.memory, "{lua}");
        if matches!(evaluation.verdict, Verdict::OutOfGas | Verdict::Trapped(_)) {
            machine = machines
                .restore(&before, &LIMITS)
                .expect("an image is restored");
        }
        let after = eval(&mut machine, "return answer");
        assert_eq!(printed(&after), "42", "after {lua}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[wasm_bindgen_test]
async fn bytes_that_are_no_utf_8_come_to_the_process_as_they_are() {
    let lua = "Handlers.add('Show', 'Show', function(m) \
        print(#m.Data .. ' ' .. m.Data:byte(1) .. ' ' .. #m.Tags.Odd .. ' ' .. m.Tags.Odd:byte(1)) end)";
    let mut machine = booted(&machines().await, lua);
    let tags = json!([{ "name": "Action", "value": "Show" }, { "name": "Odd", "value": "TAG" }]);
    let text = message(&tags, "DATA", "ODD");
    let text = replaced(
        &replaced(&text, b"DATA", b"\xff\xfe"),
        b"TAG",
        b"\xed\xa0\x80",
    );
    let evaluation = machine.evaluate(&text, &environment(), LIMITS.gas);
    assert_eq!(printed(&evaluation), "2 255 3 237");
}

/// `text` with `other` in the place of `part`.
fn replaced(text: &[u8], part: &[u8], other: &[u8]) -> Vec<u8> {
    let at = text.windows(part.len()).position(|window| window == part);
    let at = at.expect("the part is there");
    [&text[..at], other, &text[at + part.len()..]].concat()
}

#[wasm_bindgen_test]
async fn an_image_brings_back_everything() {
    let machines = machines().await;
    let mut machine = booted(
        &machines,
        "local hidden = 0 function count() hidden = hidden + 1 return hidden end \
         wait = coroutine.wrap(function() for i = 1, 10 do coroutine.yield(i) end end)",
    );
    assert_eq!(
        printed(&eval(&mut machine, "return count() .. ' ' .. wait()")),
        "1 1"
    );
    let image = machine.image(None);
    assert_eq!(
        printed(&eval(&mut machine, "return count() .. ' ' .. wait()")),
        "2 2"
    );
    let mut copy = machines
        .restore(&image, &LIMITS)
        .expect("an image is restored");
    assert_eq!(
        printed(&eval(&mut copy, "return count() .. ' ' .. wait()")),
        "2 2"
    );
    assert_eq!(
        printed(&eval(&mut machine, "return count() .. ' ' .. wait()")),
        "3 3"
    );
}

#[wasm_bindgen_test]
async fn a_copy_is_a_machine_of_its_own_whatever_it_is_made_of() {
    let machines = machines().await;
    let mut machine = booted(&machines, "x = 1");
    let before = machine.image(None).to_vec();
    let mut scratch = None;
    // The third grows: a memory does not shrink, so the fourth is made anew.
    for lua in [
        "x = x + 1 return x",
        "error('no')",
        "y = ('y'):rep(1 << 22) return x + 1",
        "return x + 1",
    ] {
        let copy = machines.copy(&machine, scratch.take(), &LIMITS);
        let mut copy = copy.expect("a copy is made");
        assert!(copy.image(None).to_vec() == before, "before {lua}");
        let evaluation = eval(&mut copy, lua);
        if lua != "error('no')" {
            assert_eq!(printed(&evaluation), "2");
        }
        scratch = Some(copy);
    }
    assert!(machine.image(None).to_vec() == before);
    let other = Limits {
        memory: 4 << 20,
        ..LIMITS
    };
    let copy = machines.copy(&machine, scratch, &other);
    let mut copy = copy.expect("a copy is made");
    let outcome = outcome(&eval(&mut copy, "y = ('y'):rep(1 << 23)"));
    assert_ne!(
        outcome["Error"],
        Value::Null,
        "it has the limits that it was made with"
    );
    assert_eq!(printed(&eval(&mut machine, "return x")), "1");
}

#[wasm_bindgen_test]
async fn a_blank_machine_becomes_what_is_written_to_it() {
    let machines = machines().await;
    let mut machine = booted(
        &machines,
        "local hidden = 0 function count() hidden = hidden + 1 return hidden end",
    );
    assert_eq!(printed(&eval(&mut machine, "return count()")), "1");
    let mut copy = machines
        .blank(machine.memory(), &LIMITS)
        .expect("a blank machine is made");
    assert!(copy.image(None).to_vec().iter().all(|byte| *byte == 0));
    let mut piece = vec![0; 100_000];
    for offset in (0..machine.memory()).step_by(piece.len()) {
        let length = piece.len().min(machine.memory() - offset);
        machine.read(offset, &mut piece[..length]);
        copy.write(offset, &piece[..length]);
    }
    assert_eq!(printed(&eval(&mut copy, "return count()")), "2");
    assert_eq!(printed(&eval(&mut machine, "return count()")), "2");
    assert!(machine.image(None).to_vec() == copy.image(None).to_vec());
}

#[wasm_bindgen_test]
async fn a_checkpoint_brings_back_everything() {
    let machines = machines().await;
    let mut machine = booted(
        &machines,
        "wait = coroutine.wrap(function() for i = 1, 10 do coroutine.yield(i) end end)",
    );
    assert_eq!(printed(&eval(&mut machine, "return wait()")), "1");
    let captured = capture(&machine, machines.stamp(), 2, &Baseline::blank(1));
    let bytes = captured.checkpoint.bytes;
    // Of more than a megabyte, most of which is zero.
    assert!(bytes.len() < 300_000, "{} bytes", bytes.len());
    let mut copy = restore_alone(&machines, &bytes, &LIMITS, 1)
        .expect("a checkpoint is restored")
        .machine;
    assert_eq!(printed(&eval(&mut copy, "return wait()")), "2");
    assert_eq!(printed(&eval(&mut machine, "return wait()")), "2");
}

#[wasm_bindgen_test]
async fn a_machine_says_what_it_is() {
    let stamp = machines().await.stamp();
    assert_ne!(stamp, [0; 32]);
    assert_eq!(machines().await.stamp(), stamp, "it is in the module");
}

#[wasm_bindgen_test]
async fn the_same_messages_give_the_same_bytes_gas_and_memory() {
    let machines = machines().await;
    let run = || {
        let mut machine = booted(
            &machines,
            "t = {} for i = 1, 50 do t['key' .. i] = math.random(100) end",
        );
        let lua =
            "local s = '' for k, v in pairs(t) do s = s .. k .. v end return s .. tostring(t)";
        let evaluation = eval(&mut machine, lua);
        (
            printed(&evaluation),
            evaluation.gas_used,
            machine.image(None).to_vec(),
        )
    };
    let (one, other) = (run(), run());
    assert_eq!(one.0, other.0);
    assert_eq!(one.1, other.1);
    assert!(one.2 == other.2, "the memories differ");
}

#[wasm_bindgen_test]
async fn json_is_nested_as_deeply_as_natively() {
    let mut machine = booted(&machines().await, "");
    for (lua, expected) in [
        (
            "local t = {} for i = 1, 250 do t = {t = t} end return #require('json').encode(t)",
            "1502",
        ),
        (
            "local t = {} for i = 1, 250 do t = {t} end return #require('json').encode(t)",
            "502",
        ),
        (
            "return #require('json').decode(('['):rep(500) .. (']'):rep(500))",
            "1",
        ),
    ] {
        assert_eq!(printed(&eval(&mut machine, lua)), expected, "{lua}");
    }
    let lua = "local t = {} for i = 1, 1000 do t = {t = t} end return require('json').encode(t)";
    let error = outcome(&eval(&mut machine, lua))["Error"].to_string();
    assert!(error.contains("nested too deeply"), "{error}");
}

#[wasm_bindgen_test]
async fn nothing_of_the_host_can_be_reached() {
    let mut machine = booted(&machines().await, "");
    for absent in [
        "io",
        "dofile",
        "loadfile",
        "os.execute",
        "os.exit",
        "os.remove",
        "package.loadlib",
        "debug.sethook",
    ] {
        let lua = format!(
            "local at = _G for name in ('{absent}'):gmatch('%w+') do at = at and at[name] end return tostring(at)"
        );
        assert_eq!(printed(&eval(&mut machine, &lua)), "nil", "{absent}");
    }
    let lua = "return tostring(load(string.dump(function() end)))";
    assert_eq!(printed(&eval(&mut machine, lua)), "nil", "bytecode");
    assert_eq!(
        printed(&eval(&mut machine, "return os.time()")),
        "1700000000000"
    );
    assert_eq!(
        printed(&eval(&mut machine, "return os.date('!%Y-%m-%d %H:%M:%S')")),
        "2023-11-14 22:13:20"
    );
}
