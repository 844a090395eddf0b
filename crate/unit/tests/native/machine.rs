//! The Lua machine as a library. Its memory is the history that leads to its state: messages and
//! environments, packed, and padded with zeros to whole pages.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ao_machine::{Answer, Machine as Lua};
use ao_unit::machine::{Evaluation, Limits, Machine, MachineError, MachineHost, Verdict};

/// The history is padded to a multiple of this.
const PAGE: usize = 4096;

/// Makes machines in this process, while there is room for them.
#[derive(Clone, Debug, Default)]
pub(crate) struct LuaMachines {
    pub(crate) is_full: Rc<Cell<bool>>,
    /// Stands for the version of the machine's code.
    pub(crate) version: Rc<Cell<u8>>,
    /// The messages that were evaluated, in their order, on copies and in replays too.
    pub(crate) heard: Rc<RefCell<Vec<Vec<u8>>>>,
    /// The limits of the machine that was made last.
    pub(crate) limits: Rc<Cell<Limits>>,
}

pub(crate) struct LuaMachine {
    heard: Rc<RefCell<Vec<Vec<u8>>>>,
    /// `None` while the history is not evaluated yet.
    lua: Option<Lua>,
    memory: Vec<u8>,
    /// Where the history ends, once it is evaluated.
    end: usize,
}

impl LuaMachines {
    fn room(&self) -> Result<(), MachineError> {
        if self.is_full.get() {
            return Err(MachineError("no room".to_owned()));
        }
        Ok(())
    }
}

impl MachineHost for LuaMachines {
    type Machine = LuaMachine;
    type Image = Vec<u8>;

    fn start(&self, limits: &Limits) -> Result<LuaMachine, MachineError> {
        self.restore(&Vec::new(), limits)
    }

    fn restore(&self, image: &Vec<u8>, limits: &Limits) -> Result<LuaMachine, MachineError> {
        let mut machine = self.blank(image.len(), limits)?;
        machine.write(0, image);
        machine.replay();
        Ok(machine)
    }

    fn blank(&self, length: usize, limits: &Limits) -> Result<LuaMachine, MachineError> {
        self.room()?;
        self.limits.set(*limits);
        Ok(LuaMachine {
            heard: self.heard.clone(),
            lua: None,
            memory: vec![0; length],
            end: 0,
        })
    }

    fn stamp(&self) -> [u8; 32] {
        [self.version.get(); 32]
    }
}

impl Machine for LuaMachine {
    type Image = Vec<u8>;

    fn evaluate(&mut self, message: &[u8], environment: &[u8], gas: u64) -> Evaluation {
        self.heard.borrow_mut().push(message.to_vec());
        let lua = self.replay();
        let verdict = match lua.evaluate(message, environment, gas) {
            Answer::Outcome(outcome) => Verdict::Outcome(outcome),
            Answer::Thrown(reason) => {
                Verdict::Thrown(String::from_utf8_lossy(&reason).into_owned())
            }
            Answer::OutOfGas => Verdict::OutOfGas,
        };
        self.remember(message);
        self.remember(environment);
        // The figures of Lua's hook are not those of WebAssembly: only that the gas is gone is the same.
        let gas_used = match verdict {
            Verdict::OutOfGas => gas,
            _ => 0,
        };
        Evaluation { verdict, gas_used }
    }

    fn image(&self, _spent: Option<Vec<u8>>) -> Vec<u8> {
        self.memory.clone()
    }

    fn memory(&self) -> usize {
        self.memory.len()
    }

    fn read(&self, offset: usize, into: &mut [u8]) {
        into.copy_from_slice(&self.memory[offset..offset + into.len()]);
    }

    fn write(&mut self, offset: usize, bytes: &[u8]) {
        self.memory[offset..offset + bytes.len()].copy_from_slice(bytes);
        self.lua = None;
    }
}

impl LuaMachine {
    /// A runtime that has evaluated the history; that one, if there is one.
    fn replay(&mut self) -> &Lua {
        let Self {
            lua, memory, end, ..
        } = self;
        lua.get_or_insert_with(|| {
            let lua = Lua::new().expect("the Lua runtime starts");
            *end = 0;
            while let Some(message) = text_at(memory, end) {
                let environment = text_at(memory, end).expect("an environment for each message");
                lua.evaluate(message, environment, u64::MAX);
            }
            lua
        })
    }

    /// Adds a text to the history, with its length before it.
    fn remember(&mut self, text: &[u8]) {
        let length = u32::try_from(text.len()).expect("a text of less than 4 GB");
        self.memory.truncate(self.end);
        self.memory.extend_from_slice(&length.to_le_bytes());
        self.memory.extend_from_slice(text);
        self.end = self.memory.len();
        self.memory.resize(self.end.next_multiple_of(PAGE), 0);
    }
}

/// The text at `at`, which moves behind it; `None` in the padding.
fn text_at<'a>(memory: &'a [u8], at: &mut usize) -> Option<&'a [u8]> {
    let length = memory.get(*at..*at + 4)?.try_into().expect("four bytes");
    let length = u32::from_le_bytes(length) as usize;
    if length == 0 {
        return None;
    }
    let text = &memory[*at + 4..*at + 4 + length];
    *at += 4 + length;
    Some(text)
}
