//! Gas: rewrites a machine so that it counts its own work, and traps when it has done enough.
//!
//! A mutable `i64` global, exported as `gas`, goes down by one at the head of
//! every loop, by one at the entry of functions that break every cycle of calls,
//! by one for each 32 bytes that a bulk instruction moves, and by a thousand where
//! something is thrown, which takes as long. So between two counts only a bounded
//! amount of work can happen: whoever runs for ever runs out. When the global falls
//! below zero the machine executes `unreachable`, which nothing inside it can catch;
//! a negative global tells the host why it trapped.
//!
//! The global begins at the largest `i64`, so a host that never sets it meters nothing.

mod recursion;

use anyhow::{Result, bail};
use walrus::{
    ConstExpr, GlobalId, ImportKind, InstrSeqBuilder, LocalFunction, LocalId, ModuleConfig,
    ValType,
    ir::{BinaryOp, Instr, InstrSeq, InstrSeqId, UnaryOp, Value, Visitor, dfs_in_order},
};

/// The name of the exported global.
pub(crate) const GAS: &str = "gas";

/// A bulk instruction costs one for each `2^BULK_SHIFT` bytes: about the time of a loop's turn.
const BULK_SHIFT: i64 = 5;

/// A throw, which is how errors and coroutines leave what they were in, takes some microseconds: as long as so many
/// turns of a loop. `pcall` of an error, over and over, would be hundreds of times slower than its gas otherwise.
const THROW: i64 = 1000;

/// Answers `wasm` with metering.
///
/// # Errors
///
/// When `wasm` is not a valid module, exports something called `gas` already, or
/// imports anything but its memory: then it would not be a world of its own.
pub(crate) fn meter(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = ModuleConfig::new()
        .generate_producers_section(false)
        .parse(wasm)?;
    if module.exports.iter().any(|export| export.name == GAS) {
        bail!("the machine already exports `{GAS}`");
    }
    let imports: Vec<_> = module
        .imports
        .iter()
        .filter(|import| !matches!(import.kind, ImportKind::Memory(_)))
        .map(|import| import.name.as_str())
        .collect();
    if !imports.is_empty() {
        bail!(
            "a machine may import its memory only, not {}",
            imports.join(", ")
        );
    }
    let plenty = ConstExpr::Value(Value::I64(i64::MAX));
    let gas = module.globals.add_local(ValType::I64, true, false, plenty);
    module.exports.add(GAS, gas);

    let left = module.locals.add(ValType::I64);
    let length = module.locals.add(ValType::I32);
    let meter = Meter { gas, left, length };
    let recursive = recursion::cut(&module);
    for (id, function) in module.funcs.iter_local_mut() {
        meter.rewrite(function, recursive.contains(&id));
    }
    Ok(module.emit_wasm())
}

/// What the counting code names. A local belongs to no function until one uses it.
struct Meter {
    gas: GlobalId,
    left: LocalId,
    length: LocalId,
}

impl Meter {
    fn rewrite(&self, function: &mut LocalFunction, is_recursive: bool) {
        let entry = function.entry_block();
        let mut found = Points::default();
        dfs_in_order(&mut found, function, entry);

        // Backwards, so that a position stays right until its turn.
        for (block, position, cost) in found.within.into_iter().rev() {
            splice(function, block, position, |code| match cost {
                Cost::Length => self.charge_for_length(code),
                Cost::Throw => self.charge(code, THROW),
            });
        }
        let entry = is_recursive.then_some(entry);
        for block in found.loops.into_iter().chain(entry) {
            splice(function, block, 0, |code| self.charge(code, 1));
        }
    }

    fn charge(&self, code: &mut InstrSeqBuilder<'_>, gas: i64) {
        code.global_get(self.gas)
            .i64_const(gas)
            .binop(BinaryOp::I64Sub);
        self.settle(code);
    }

    /// A bulk instruction's length is the last of its operands: it is put aside and back.
    fn charge_for_length(&self, code: &mut InstrSeqBuilder<'_>) {
        code.local_set(self.length)
            .global_get(self.gas)
            .local_get(self.length)
            .unop(UnaryOp::I64ExtendUI32)
            .i64_const(BULK_SHIFT)
            .binop(BinaryOp::I64ShrU)
            .binop(BinaryOp::I64Sub);
        self.settle(code);
        code.local_get(self.length);
    }

    /// Takes what is left from the stack, keeps it, and traps when it is below zero.
    fn settle(&self, code: &mut InstrSeqBuilder<'_>) {
        code.local_tee(self.left)
            .global_set(self.gas)
            .local_get(self.left)
            .i64_const(0)
            .binop(BinaryOp::I64LtS)
            .if_else(
                None,
                |spent| {
                    spent.unreachable();
                },
                |_| {},
            );
    }
}

/// Puts what `write` writes into `block`, before the instruction at `position`.
fn splice(
    function: &mut LocalFunction,
    block: InstrSeqId,
    position: usize,
    write: impl FnOnce(&mut InstrSeqBuilder<'_>),
) {
    let mut code = function.builder_mut().dangling_instr_seq(None);
    write(&mut code);
    let code = std::mem::take(code.instrs_mut());
    function.block_mut(block).splice(position..position, code);
}

/// Where a function is to be charged.
#[derive(Default)]
struct Points {
    loops: Vec<InstrSeqId>,
    /// In the order in which they stand in their blocks.
    within: Vec<(InstrSeqId, usize, Cost)>,
}

/// What an instruction is charged for.
#[derive(Clone, Copy)]
enum Cost {
    /// The bytes that it moves.
    Length,
    Throw,
}

impl<'code> Visitor<'code> for Points {
    fn start_instr_seq(&mut self, block: &'code InstrSeq) {
        for (position, (instruction, _)) in block.iter().enumerate() {
            match instruction {
                Instr::Loop(inner) => self.loops.push(inner.seq),
                Instr::MemoryCopy(_) | Instr::MemoryFill(_) => {
                    self.within.push((block.id(), position, Cost::Length));
                }
                Instr::Throw(_) => self.within.push((block.id(), position, Cost::Throw)),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
