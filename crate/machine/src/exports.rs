//! What a host of `machine.wasm` calls. The module imports its memory, whose maximum is the process's
//! memory limit, and nothing else.
//!
//! A host writes the message and, behind it, the environment where [`input`] says, calls [`evaluate`],
//! and reads the answer where [`output`] says. A trap leaves the instance undefined: out of gas when the
//! global `gas` is negative, otherwise for want of memory.

#![allow(
    unsafe_code,
    reason = "exports to WebAssembly are C functions on raw memory"
)]

use std::cell::RefCell;

use crate::machine::{Answer, Machine};

unsafe extern "C" {
    /// Runs the constructors of the C libraries. Called by us, or the linker would wrap every export in it.
    fn __wasm_call_ctors();
}

/// The instance's one process.
struct Instance {
    machine: Machine,
    input: Vec<u8>,
    output: Vec<u8>,
}

thread_local! {
    static INSTANCE: RefCell<Option<Instance>> = const { RefCell::new(None) };
}

/// Runs `work` on the instance. The host's calls do not nest, and none comes before `start`.
fn with_instance<T>(work: impl FnOnce(&mut Instance) -> T) -> T {
    INSTANCE.with_borrow_mut(|instance| match instance {
        Some(instance) => work(instance),
        None => std::process::abort(),
    })
}

/// Starts the runtime. Answers 0, or 1 when there is too little memory for it.
#[unsafe(no_mangle)]
extern "C" fn start() -> u32 {
    unsafe { __wasm_call_ctors() };
    let Ok(machine) = Machine::new() else {
        return 1;
    };
    INSTANCE.set(Some(Instance {
        machine,
        input: Vec::new(),
        output: Vec::new(),
    }));
    0
}

/// Makes room for `length` bytes of input; answers their address.
#[unsafe(no_mangle)]
extern "C" fn input(length: usize) -> *mut u8 {
    with_instance(|instance| {
        instance.input.resize(length, 0);
        instance.input.as_mut_ptr()
    })
}

/// Evaluates the message, the first `message_length` bytes of the input, in the environment behind it.
/// Answers the length of the outcome, or −1 − the length of the reason why there is none.
#[unsafe(no_mangle)]
extern "C" fn evaluate(message_length: usize) -> i32 {
    with_instance(|instance| {
        let (message, environment) = instance.input.split_at(message_length);
        let (output, thrown) = match instance.machine.evaluate(message, environment, u64::MAX) {
            Answer::Outcome(outcome) => (outcome, false),
            Answer::Thrown(reason) => (reason, true),
            Answer::OutOfGas => (Vec::new(), true),
        };
        instance.output = output;
        // A memory limit is far below the 2 GB that this holds.
        let length = i32::try_from(instance.output.len()).unwrap_or(i32::MAX);
        if thrown { -1 - length } else { length }
    })
}

/// The address of the last evaluation's answer.
#[unsafe(no_mangle)]
extern "C" fn output() -> *const u8 {
    with_instance(|instance| instance.output.as_ptr())
}
