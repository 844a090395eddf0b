//! Gas for native builds. In WebAssembly the module's own code counts and traps; see `cargo xtask build`.

use std::cell::Cell;
use std::rc::Rc;

use mlua::Lua;

/// Counts one evaluation's instructions and ends it when they run out.
pub(crate) struct Meter {
    exhausted: Rc<Cell<bool>>,
}

#[cfg(target_family = "wasm")]
impl Meter {
    pub(crate) fn start(_lua: &Lua, _gas: u64) -> Self {
        Self {
            exhausted: Rc::default(),
        }
    }
}

#[cfg(not(target_family = "wasm"))]
impl Meter {
    /// VM instructions between two looks at the meter.
    const STRIDE: u32 = 10_000;

    pub(crate) fn start(lua: &Lua, gas: u64) -> Self {
        let exhausted = Rc::new(Cell::new(false));
        let left = Cell::new(gas);
        let flag = Rc::clone(&exhausted);
        hook(lua, Self::STRIDE, move |lua| {
            left.set(left.get().saturating_sub(u64::from(Self::STRIDE)));
            if left.get() > 0 {
                return Ok(mlua::VmState::Continue);
            }
            flag.set(true);
            // From now on no instruction passes: whatever catches this error is ended in its turn.
            hook(lua, 1, |_| Err(out_of_gas()));
            Err(out_of_gas())
        });
        Self { exhausted }
    }
}

#[cfg(not(target_family = "wasm"))]
fn hook(lua: &Lua, stride: u32, check: impl Fn(&Lua) -> mlua::Result<mlua::VmState> + 'static) {
    let triggers = mlua::HookTriggers::new().every_nth_instruction(stride);
    let set = lua.set_global_hook(triggers, move |lua, _| check(lua));
    // It fails only for want of memory. Natively the machine serves tests: none may run without a bound.
    assert!(set.is_ok(), "the gas could not be bounded: {set:?}");
}

#[cfg(not(target_family = "wasm"))]
fn out_of_gas() -> mlua::Error {
    mlua::Error::runtime("out of gas")
}

impl Meter {
    pub(crate) fn exhausted(&self) -> bool {
        self.exhausted.get()
    }
}
