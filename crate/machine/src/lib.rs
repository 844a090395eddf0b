//! The Lua machine: one ao process, in one WebAssembly instance.
//!
//! [`Machine::evaluate`] takes a message and its environment as JSON and answers an outcome as JSON,
//! as the ao protocol has them. The runtime that a process sees (`ao`, `Handlers`, `Eval` …) is Lua,
//! in `lua/`; Rust serves its edges.
//!
//! Built for `wasm32-unknown-unknown` the crate is `machine.wasm`, met only through the exports of
//! [`exports`](self); natively it is this library, for tests that take milliseconds.

mod machine;

mod crypto;
mod json;
mod library;
mod operand;
mod plain;
mod pool;
mod positions;
mod runtime;

mod bits;

mod gas;
mod state;

#[cfg(target_family = "wasm")]
mod allocator;
#[cfg(target_family = "wasm")]
mod exports;

pub use machine::{Answer, Machine, StartError};
