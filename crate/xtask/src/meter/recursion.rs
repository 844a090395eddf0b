//! Which functions to charge at their entry, so that no recursion goes uncounted.
//!
//! Charging every function would count too, and costs a tenth of the speed.

use std::collections::{HashMap, HashSet};

use walrus::{
    FunctionId, Module,
    ir::{Instr, InstrSeq, Visitor, dfs_in_order},
};

/// Functions of which at least one is in every cycle of calls.
///
/// A cycle with an indirect call goes through a function that makes one: all of
/// these are in. Any other cycle is found by a walk along direct calls, as a
/// call to a function that the walk is still inside of.
pub(super) fn cut(module: &Module) -> HashSet<FunctionId> {
    let mut cut = HashSet::new();
    let mut calls = HashMap::new();
    for (id, function) in module.funcs.iter_local() {
        let mut made = Calls::default();
        dfs_in_order(&mut made, function, function.entry_block());
        if made.indirect {
            cut.insert(id);
        }
        calls.insert(id, made.direct);
    }
    let mut walk = Walk {
        calls: &calls,
        state: HashMap::new(),
        cut,
    };
    for (id, _) in module.funcs.iter_local() {
        walk.visit(id);
    }
    walk.cut
}

struct Walk<'calls> {
    calls: &'calls HashMap<FunctionId, Vec<FunctionId>>,
    state: HashMap<FunctionId, State>,
    cut: HashSet<FunctionId>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Inside,
    Left,
}

impl Walk<'_> {
    fn visit(&mut self, function: FunctionId) {
        // What is cut is no way round: its own cycles count already.
        if self.cut.contains(&function) || self.state.contains_key(&function) {
            if self.state.get(&function) == Some(&State::Inside) {
                self.cut.insert(function);
            }
            return;
        }
        self.state.insert(function, State::Inside);
        for &called in self.calls.get(&function).into_iter().flatten() {
            self.visit(called);
        }
        self.state.insert(function, State::Left);
    }
}

#[derive(Default)]
struct Calls {
    direct: Vec<FunctionId>,
    indirect: bool,
}

impl<'code> Visitor<'code> for Calls {
    fn start_instr_seq(&mut self, block: &'code InstrSeq) {
        for (instruction, _) in block.iter() {
            match instruction {
                Instr::Call(call) => self.direct.push(call.func),
                Instr::ReturnCall(call) => self.direct.push(call.func),
                Instr::CallIndirect(_)
                | Instr::CallRef(_)
                | Instr::ReturnCallIndirect(_)
                | Instr::ReturnCallRef(_) => self.indirect = true,
                _ => {}
            }
        }
    }
}
