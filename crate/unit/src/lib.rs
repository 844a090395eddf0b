//! The ao unit, without a network: it orders the messages of processes, evaluates them and delivers
//! what they send.
//!
//! - a **process** is what runs; its [`message`]s are data items addressed to it;
//! - an **assignment** is a message's place in the process's log: nonce, time, block height, hash chain;
//! - an **evaluation** of an assignment by a [`machine`] gives its **outcome**;
//! - the **delivery** of an outcome turns what was sent to local processes into assignments.
//!
//! The crate is sans-I/O: it reaches clock, storage, signatures and machines through [`Platform`],
//! [`Store`], [`Verifier`](ao_data_item::Verifier) and [`MachineHost`] alone, and knows neither Lua
//! nor the browser.

mod unit;

pub mod assignment;
pub mod message;
pub mod outbound;
pub mod outcome;
pub mod process;

mod content_hash;
mod delivery;
mod evaluation;
mod schedule;

pub mod json;

mod chain;
mod cron;
mod cursor;
mod modules;
mod numeral;

mod log;

pub mod events;
mod export;
pub mod history;

pub mod checkpoint;
mod limits;

pub mod machine;
mod platform;
mod settings;
pub mod store;
pub mod verification;

mod error;

pub use chain::Chain;
pub use error::Error;
pub use events::Event;
pub use export::Export;
pub use limits::Ceilings;
pub use machine::{Machine, MachineHost};
pub use modules::{LUA_MODULES, ModuleSummary};
pub use outcome::Outcome;
pub use platform::Platform;
pub use process::ProcessSummary;
pub use settings::Settings;
pub use store::Store;
pub use unit::{Accepted, Checkpointed, Unit};
