//! Machines: instances of `machine.wasm`, each with its own memory.

use ao_unit::machine::{Evaluation, Limits, Machine, MachineError, MachineHost, Verdict};
use js_sys::WebAssembly::{Instance, Memory, Module};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::crypto;
use crate::error::message_of;

/// A WebAssembly page.
const PAGE: u64 = 64 * 1024;

/// The memory that `machine.wasm` asks for, in pages: its build says so (`crate/machine/build.rs`).
const INITIAL_PAGES: u64 = 16;

/// The section of `machine.wasm` that identifies it: its build says so (`crate/xtask/src/stamp.rs`).
const STAMP: &str = "ao-unit.stamp";

#[wasm_bindgen]
extern "C" {
    /// The exports of `machine.wasm`; `crate/machine/src/exports.rs` says what they do.
    #[derive(Clone, Debug)]
    type Exports;

    #[wasm_bindgen(method, catch)]
    fn start(this: &Exports) -> Result<u32, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn input(this: &Exports, length: u32) -> Result<u32, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn evaluate(this: &Exports, message_length: u32) -> Result<i32, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn output(this: &Exports) -> Result<u32, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn gas(this: &Exports) -> Gas;

    /// The global that goes down: a `WebAssembly.Global`, whose value is an `i64`.
    #[derive(Clone, Debug)]
    type Gas;

    #[wasm_bindgen(method, getter)]
    fn value(this: &Gas) -> i64;
    #[wasm_bindgen(method, setter)]
    fn set_value(this: &Gas, value: i64);
}

/// Makes machines of one compiled `machine.wasm`.
#[derive(Clone, Debug)]
pub struct WasmMachines {
    module: Module,
    stamp: [u8; 32],
}

/// One process's machine.
#[derive(Debug)]
pub struct WasmMachine {
    exports: Exports,
    memory: Memory,
    gas: Gas,
    /// What the memory may grow to, in pages.
    maximum: u64,
}

impl WasmMachines {
    /// From the compiled module.
    pub fn new(module: Module) -> Self {
        let stamp = stamp_of(&module);
        Self { module, stamp }
    }

    fn instantiate(&self, pages: u64, limits: &Limits) -> Result<WasmMachine, JsValue> {
        let descriptor = Object::new();
        let maximum = maximum(pages, limits);
        Reflect::set(&descriptor, &"initial".into(), &(pages as f64).into())?;
        Reflect::set(&descriptor, &"maximum".into(), &(maximum as f64).into())?;
        let memory = Memory::new(&descriptor)?;

        let (imports, env) = (Object::new(), Object::new());
        Reflect::set(&env, &"memory".into(), &memory)?;
        Reflect::set(&imports, &"env".into(), &env)?;
        let instance = Instance::new(&self.module, &imports)?;
        let exports: Exports = instance.exports().unchecked_into();
        let gas = exports.gas();
        Ok(WasmMachine {
            exports,
            memory,
            gas,
            maximum,
        })
    }
}

/// What a memory that has so many pages may grow to under these limits.
fn maximum(pages: u64, limits: &Limits) -> u64 {
    (limits.memory / PAGE).max(pages)
}

impl MachineHost for WasmMachines {
    type Machine = WasmMachine;
    type Image = Uint8Array;

    fn start(&self, limits: &Limits) -> Result<WasmMachine, MachineError> {
        let machine = self.instantiate(INITIAL_PAGES, limits).map_err(refused)?;
        machine.fill(limits.gas);
        match machine.exports.start() {
            Ok(0) => Ok(machine),
            Ok(_) => Err(MachineError(
                "the memory limit is too small for the runtime".to_owned(),
            )),
            Err(thrown) => Err(refused(thrown)),
        }
    }

    fn restore(&self, image: &Uint8Array, limits: &Limits) -> Result<WasmMachine, MachineError> {
        let pages = u64::from(image.length()) / PAGE;
        let machine = self.instantiate(pages, limits).map_err(refused)?;
        machine.bytes().set(image, 0);
        Ok(machine)
    }

    /// A memory neither shrinks nor changes its maximum: a scratch machine serves when it has both already.
    fn copy(
        &self,
        machine: &WasmMachine,
        scratch: Option<WasmMachine>,
        limits: &Limits,
    ) -> Result<WasmMachine, MachineError> {
        let state = machine.bytes();
        let length = state.length();
        let pages = u64::from(length) / PAGE;
        let serves = |scratch: &WasmMachine| {
            scratch.bytes().length() == length && scratch.maximum == maximum(pages, limits)
        };
        let copy = match scratch.filter(serves) {
            Some(scratch) => scratch,
            None => self.instantiate(pages, limits).map_err(refused)?,
        };
        copy.bytes().set(&state, 0);
        Ok(copy)
    }

    fn blank(&self, length: usize, limits: &Limits) -> Result<WasmMachine, MachineError> {
        let pages = (length as u64).div_ceil(PAGE);
        let machine = self.instantiate(pages, limits).map_err(refused)?;
        // What the module itself puts there lies in the memory that it asks for.
        let bytes = machine.bytes();
        bytes.fill(0, 0, bytes.length().min((INITIAL_PAGES * PAGE) as u32));
        Ok(machine)
    }

    fn stamp(&self) -> [u8; 32] {
        self.stamp
    }
}

impl Machine for WasmMachine {
    type Image = Uint8Array;

    fn evaluate(&mut self, message: &[u8], environment: &[u8], gas: u64) -> Evaluation {
        self.fill(gas);
        let answer = self.run(message, environment);
        let left = self.gas.value();
        let verdict = match answer {
            Ok(verdict) => verdict,
            Err(_) if left < 0 => Verdict::OutOfGas,
            Err(thrown) => Verdict::Trapped(self.explain(&thrown)),
        };
        Evaluation {
            verdict,
            gas_used: gas.saturating_sub(left.max(0) as u64),
        }
    }

    fn image(&self, spent: Option<Uint8Array>) -> Uint8Array {
        let bytes = self.bytes();
        match spent.filter(|spent| spent.length() == bytes.length()) {
            Some(spent) => {
                spent.set(&bytes, 0);
                spent
            }
            None => bytes.slice(0, bytes.length()),
        }
    }

    fn memory(&self) -> usize {
        self.bytes().length() as usize
    }

    fn read(&self, offset: usize, into: &mut [u8]) {
        self.view(offset, into.len()).copy_to(into);
    }

    fn write(&mut self, offset: usize, bytes: &[u8]) {
        self.view(offset, bytes.len()).copy_from(bytes);
    }
}

impl WasmMachine {
    fn run(&self, message: &[u8], environment: &[u8]) -> Result<Verdict, JsValue> {
        let (split, length) = (
            message.len() as u32,
            (message.len() + environment.len()) as u32,
        );
        let input = self.exports.input(length)? as usize;
        let behind = input + message.len();
        self.view(input, message.len()).copy_from(message);
        self.view(behind, environment.len()).copy_from(environment);

        let answer = self.exports.evaluate(split)?;
        let length = if answer < 0 { -1 - answer } else { answer } as u32;
        let output = self.exports.output()?;
        let text = self.view(output as usize, length as usize).to_vec();
        Ok(match answer {
            0.. => Verdict::Outcome(text),
            _ => Verdict::Thrown(String::from_utf8_lossy(&text).into_owned()),
        })
    }

    fn fill(&self, gas: u64) {
        self.gas.set_value(i64::try_from(gas).unwrap_or(i64::MAX));
    }

    /// A view of the memory, good until it grows.
    fn bytes(&self) -> Uint8Array {
        Uint8Array::new(&self.memory.buffer())
    }

    /// A view of a part of the memory, good until it grows.
    fn view(&self, offset: usize, length: usize) -> Uint8Array {
        let buffer = self.memory.buffer();
        Uint8Array::new_with_byte_offset_and_length(&buffer, offset as u32, length as u32)
    }

    fn explain(&self, thrown: &JsValue) -> String {
        let megabytes = self.memory() >> 20;
        let reason = message_of(thrown);
        format!(
            "the machine stopped with {megabytes} MB in use: {reason} (out of memory, or of stack)"
        )
    }
}

/// What a module says that it is. One that says nothing is like no other: what is stored of its machines is
/// of use to nobody later.
fn stamp_of(module: &Module) -> [u8; 32] {
    let sections = Module::custom_sections(module, STAMP);
    let section = Uint8Array::new(&sections.get(0));
    section.to_vec().try_into().unwrap_or_else(|_| {
        let mut stamp = [0; 32];
        // It fails only for more bytes at once than this.
        let _ = crypto::crypto().get_random_values_with_u8_array(&mut stamp);
        stamp
    })
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err takes"
)]
fn refused(thrown: JsValue) -> MachineError {
    MachineError(message_of(&thrown))
}
