//! What it costs to copy and to store the state of a process, in Chromium, through machines as they ship.
//!
//! The bars hold for optimised builds: `wasm-pack test --headless --chrome … --release --test bench_state`.
#![cfg(target_family = "wasm")]

mod machine_wasm;

use ao_unit::checkpoint::{Baseline, capture, restore_alone};
use ao_unit::machine::{Limits, Machine, MachineHost, Verdict};
use ao_unit_browser::{WasmMachine, WasmMachines};
use js_sys::Reflect;
use machine_wasm::machines;
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const LIMITS: Limits = Limits {
    memory: 256 << 20,
    gas: 10_000_000_000,
};

/// Milliseconds, to a fraction of one.
fn now() -> f64 {
    let performance = Reflect::get(&js_sys::global(), &"performance".into());
    let performance = performance.expect("a worker has a clock");
    let now = Reflect::get(&performance, &"now".into()).expect("the clock tells the time");
    let now: js_sys::Function = now.unchecked_into();
    let time = now.call0(&performance).expect("the clock is asked");
    time.as_f64().expect("time is a number")
}

fn environment() -> Vec<u8> {
    let tags = json!([{ "name": "Module", "value": "MODULE" }]);
    let process = json!({ "Id": "PROCESS", "Owner": "OWNER", "Tags": tags });
    json!({ "Process": process, "Module": { "Id": "MODULE", "Owner": "", "Tags": [] } })
        .to_string()
        .into()
}

fn eval(machine: &mut WasmMachine, lua: &str) {
    let tags = json!([{ "name": "Action", "value": "Eval" }]);
    let message = json!({
        "Id": "EVAL", "Target": "PROCESS", "From": "OWNER", "Owner": "OWNER", "Tags": tags, "Data": lua,
        "Timestamp": 1_700_000_000_000_u64, "Block-Height": 1_000_000, "Nonce": 1, "Epoch": 0,
    });
    let message = message.to_string().into_bytes();
    let evaluation = machine.evaluate(&message, &environment(), LIMITS.gas);
    let Verdict::Outcome(outcome) = evaluation.verdict else {
        panic!("no outcome: {:?}", evaluation.verdict);
    };
    let outcome: Value = serde_json::from_slice(&outcome).expect("an outcome is JSON");
    assert_eq!(outcome["Error"], Value::Null, "{outcome}");
}

fn booted(machines: &WasmMachines, lua: &str) -> WasmMachine {
    let mut machine = machines.start(&LIMITS).expect("a machine starts");
    let tags = json!([
        { "name": "Type", "value": "Process" },
        { "name": "Module", "value": "MODULE" },
        { "name": "On-Boot", "value": "Data" },
    ]);
    let message = json!({
        "Id": "PROCESS", "Target": "PROCESS", "From": "OWNER", "Owner": "OWNER", "Tags": tags,
        "Data": "x = 1", "Timestamp": 1_700_000_000_000_u64, "Block-Height": 1_000_000,
        "Nonce": 0, "Epoch": 0,
    });
    machine.evaluate(message.to_string().as_bytes(), &environment(), LIMITS.gas);
    eval(&mut machine, lua);
    machine
}

/// The median of some times.
fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let begun = now();
    let done = work();
    (done, now() - begun)
}

/// Holds an optimised build to a bar.
fn at_most(what: &str, figure: f64, bar: f64) {
    if !cfg!(debug_assertions) {
        assert!(figure <= bar, "{what}: {figure:.2}, at most {bar}");
    }
}

/// 50 MB of Lua: records of a string, a number and a table each.
const HEAP: &str = "t = {} for i = 1, 170000 do \
     t[i] = { id = i, name = ('name'):rep(8) .. i, more = { i, i + 1 } } end";

#[wasm_bindgen_test]
async fn a_checkpoint_of_a_large_process_that_changed_a_little() {
    let machines = machines().await;
    let mut machine = booted(&machines, HEAP);
    let megabytes = machine.memory() as f64 / 1e6;
    let (base, first) = timed(|| capture(&machine, machines.stamp(), 1, &Baseline::blank(1)));
    let size = base.checkpoint.bytes.len() as f64 / 1e6;
    console_log!("{megabytes:.0} MB of memory: a base takes {first:.0} ms and {size:.1} MB");

    let mut baseline = base.baseline;
    let (mut times, mut sizes) = (Vec::new(), Vec::new());
    for at in 2..9 {
        // About 1 MB of records that lie side by side.
        let from = at * 10_000;
        let lua = format!(
            "for i = {from}, {from} + 3400 do local r = t[i] r.id = r.id + 1 r.more[1] = -i end"
        );
        eval(&mut machine, &lua);
        let (next, time) = timed(|| capture(&machine, machines.stamp(), at, &baseline));
        assert_ne!(next.checkpoint.base, at, "it builds on the base");
        baseline = next.baseline;
        times.push(time);
        sizes.push(next.checkpoint.bytes.len() as f64 / 1e6);
    }
    console_log!("the changes of 1 MB each: {times:.1?} ms, {sizes:.2?} MB");
    let (time, size) = (median(times), sizes.iter().copied().fold(0.0, f64::max));
    console_log!("checkpoint: {time:.1} ms (median), {size:.2} MB (at most)");
    at_most("milliseconds of a checkpoint", time, 60.0);
    at_most("megabytes of a checkpoint", size, 2.0);

    // A whole cycle of Lua's collector marks every object anew: nearly every page changes.
    eval(&mut machine, "collectgarbage()");
    let (next, time) = timed(|| capture(&machine, machines.stamp(), 9, &baseline));
    let size = next.checkpoint.bytes.len() as f64 / 1e6;
    console_log!("after a whole garbage collection: {time:.0} ms, {size:.1} MB");

    let bytes = capture(&machine, machines.stamp(), 9, &Baseline::blank(1));
    let bytes = bytes.checkpoint.bytes;
    let (_, time) = timed(|| restore_alone(&machines, &bytes, &LIMITS, 1).expect("it restores"));
    console_log!("restoring all of it: {time:.0} ms");
}

#[wasm_bindgen_test]
async fn a_dry_run_on_a_copy() {
    let machines = machines().await;
    let lua = "t = {} for i = 1, 3000 do t[i] = { id = i, name = ('name'):rep(8) .. i } end";
    let mut machine = booted(&machines, lua);
    let megabytes = machine.memory() as f64 / 1e6;
    let mut pieces: [Vec<f64>; 3] = Default::default();
    let mut scratch = None;
    for _ in 0..100 {
        let (copy, one) = timed(|| machines.copy(&machine, scratch.take(), &LIMITS));
        let mut copy = copy.expect("a copy is made");
        let ((), two) = timed(|| eval(&mut copy, "return #t"));
        scratch = Some(copy);
        pieces[0].push(one);
        pieces[1].push(two);
        pieces[2].push(one + two);
    }
    eval(&mut machine, "return 1");
    let [copy, evaluate, all] = pieces.map(median);
    console_log!(
        "dry-run, {megabytes:.1} MB of memory: copy {copy:.2} ms, evaluate {evaluate:.2} ms; together \
         {all:.2} ms (medians)"
    );
    at_most("milliseconds of a dry-run", all, 3.0);
}
