//! A process's machine: what the host asks, what the process answers.

use std::cell::RefCell;

use mlua::{Function, LightUserData, Lua, LuaString};

use crate::gas;
use crate::runtime;
use crate::state::State;

/// A process that runs: its Lua state and the runtime's entry point.
#[derive(Debug)]
pub struct Machine {
    entry: Function,
    /// The environment that the runtime has decoded.
    environment: RefCell<Option<Vec<u8>>>,
    lua: Lua,
    // Last: it is closed when nothing refers to it any more.
    _state: State,
}

/// What the evaluation of one message came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The outcome as JSON; a failure of the process is an outcome with `Error`.
    Outcome(Vec<u8>),
    /// The runtime itself could not evaluate the message; the text says why.
    Thrown(Vec<u8>),
    /// The evaluation used up its gas. The machine's state is undefined: discard it.
    OutOfGas,
}

/// The runtime did not start: a defect of this crate, or no memory.
#[derive(Debug)]
pub struct StartError(pub(crate) mlua::Error);

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the Lua runtime did not start: {}", self.0)
    }
}

impl std::error::Error for StartError {}

impl Answer {
    /// The outcome or the reason, as text.
    pub fn text(&self) -> &str {
        match self {
            Self::Outcome(text) | Self::Thrown(text) => {
                std::str::from_utf8(text).unwrap_or_default()
            }
            Self::OutOfGas => "out of gas",
        }
    }
}

impl Machine {
    /// Starts a machine with a fresh runtime, before any message.
    ///
    /// # Errors
    ///
    /// When the runtime does not start, for want of memory.
    pub fn new() -> Result<Self, StartError> {
        let (state, lua) = State::open().map_err(StartError)?;
        let entry = runtime::start(&lua).map_err(StartError)?;
        Ok(Self {
            entry,
            environment: RefCell::default(),
            lua,
            _state: state,
        })
    }

    /// Evaluates one message (JSON) in its environment (JSON) and answers the outcome (JSON).
    ///
    /// `gas` bounds the work. In WebAssembly the instructions themselves are metered and this bound is
    /// the host's; natively it is counted by Lua's hook, in VM instructions.
    pub fn evaluate(&self, message: &[u8], environment: &[u8], gas: u64) -> Answer {
        let meter = gas::Meter::start(&self.lua, gas);
        let answer = self.run(message, environment);
        if meter.exhausted() {
            Answer::OutOfGas
        } else {
            answer
        }
    }

    fn run(&self, message: &[u8], environment: &[u8]) -> Answer {
        // It is taken out, so that one which is not decoded after all does not count as known.
        let known = self.environment.take();
        let known = known.filter(|known| known == environment);
        let told = match known {
            Some(_) => Ok(None),
            None => self.lua.create_string(environment).map(Some),
        };
        let start = LightUserData(message.as_ptr().cast_mut().cast());
        let answer = told.and_then(|told| {
            let arguments = (start, message.len(), told);
            self.entry.call::<(bool, LuaString)>(arguments)
        });
        match answer {
            Ok((true, outcome)) => {
                let known = known.unwrap_or_else(|| environment.to_vec());
                self.environment.replace(Some(known));
                Answer::Outcome(outcome.as_bytes().to_vec())
            }
            Ok((false, reason)) => Answer::Thrown(reason.as_bytes().to_vec()),
            Err(error) => Answer::Thrown(error.to_string().into_bytes()),
        }
    }
}
