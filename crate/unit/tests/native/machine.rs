//! The Lua machine as a library: an image is the history that leads to it.

use std::cell::Cell;
use std::rc::Rc;

use ao_machine::{Answer, Machine as Lua};
use ao_unit::machine::{Evaluation, Limits, Machine, MachineError, MachineHost, Verdict};

/// Makes machines in this process, while there is room for them.
#[derive(Clone, Debug, Default)]
pub(crate) struct LuaMachines {
    pub(crate) is_full: Rc<Cell<bool>>,
}

type History = Vec<(Vec<u8>, Vec<u8>)>;

pub(crate) struct LuaMachine {
    lua: Lua,
    history: History,
}

impl MachineHost for LuaMachines {
    type Machine = LuaMachine;
    type Image = History;

    fn start(&self, _limits: &Limits) -> Result<LuaMachine, MachineError> {
        if self.is_full.get() {
            return Err(MachineError("no room".to_owned()));
        }
        let lua = Lua::new().map_err(|error| MachineError(error.to_string()))?;
        Ok(LuaMachine {
            lua,
            history: Vec::new(),
        })
    }

    fn restore(&self, image: &History, limits: &Limits) -> Result<LuaMachine, MachineError> {
        let mut machine = self.start(limits)?;
        for (message, environment) in image {
            machine.evaluate(message, environment, limits.gas);
        }
        Ok(machine)
    }
}

impl Machine for LuaMachine {
    type Image = History;

    fn evaluate(&mut self, message: &[u8], environment: &[u8], gas: u64) -> Evaluation {
        self.history.push((message.to_vec(), environment.to_vec()));
        let verdict = match self.lua.evaluate(message, environment, gas) {
            Answer::Outcome(outcome) => Verdict::Outcome(outcome),
            Answer::Thrown(reason) => {
                Verdict::Thrown(String::from_utf8_lossy(&reason).into_owned())
            }
            Answer::OutOfGas => Verdict::OutOfGas,
        };
        Evaluation {
            verdict,
            gas_used: 0,
        }
    }

    fn image(&self) -> History {
        self.history.clone()
    }

    fn memory(&self) -> usize {
        0
    }
}
