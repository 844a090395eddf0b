//! Which variable an error of arithmetic is about. `lua/dialect.lua` computes with strings in metamethods, and
//! Lua names variables only in errors that it raises itself: so it is made to raise this one, too.

#![allow(unsafe_code, reason = "Lua's C interface, and a part of Lua behind it")]

use std::ffi::{c_char, c_int, c_void};
use std::mem::{self, MaybeUninit};
use std::ptr;

use mlua::ffi::{self, lua_State};
use mlua::{Lua, Result, Table};

/// Adds `operand_error(level, operation, is_first) -> message | nil` to `native`: what Lua says when the function at
/// `level` cannot do the operation under way with its first or second operand. Nil if no Lua code does it.
/// Without an operation's name, it cannot because the operand is no integer.
pub(crate) fn register(lua: &Lua, native: &Table) -> Result<()> {
    native.raw_set("operand_error", unsafe {
        lua.create_c_function(operand_error)?
    })
}

// The beginnings of Lua's own records, as in 5.4.9; `build.rs` and mlua-sys are pinned to it. `call_at` and
// `operand` check what they can, and the programs in `tests/process/errors.json` the rest.

#[repr(C)]
struct Thread {
    next: *mut c_void,
    type_mark_status_hook: [u8; 4],
    n_calls: u16,
    top: *mut Slot,
    global: *mut c_void,
    call: *mut Call,
}

#[repr(C)]
struct Call {
    function: *mut Slot,
    top: *mut Slot,
    previous: *mut Call,
    next: *mut Call,
    /// The instruction after the one under way; of Lua functions only.
    saved_instruction: *const u32,
}

/// A place on Lua's stack.
#[repr(C, align(8))]
struct Slot([u8; 16]);

unsafe extern "C-unwind" {
    fn luaG_typeerror(state: *mut lua_State, operand: *const Slot, operation: *const c_char) -> !;
    fn luaG_tointerror(state: *mut lua_State, one: *const Slot, other: *const Slot) -> !;
}

unsafe extern "C-unwind" fn operand_error(state: *mut lua_State) -> c_int {
    unsafe {
        let level = ffi::luaL_checkinteger(state, 1);
        let is_first = ffi::lua_toboolean(state, 3) != 0;
        let call = c_int::try_from(level).map_or(ptr::null_mut(), |level| call_at(state, level));
        let known = call_at(state, 0) == (*state.cast::<Thread>()).call;
        let Some(register) = (known && !call.is_null())
            .then(|| operand(call, is_first))
            .flatten()
        else {
            return 0;
        };
        // While `raise` runs, Lua takes the frames above `call` for free. Its collector would free them.
        let collects = ffi::lua_gc(state, ffi::LUA_GCISRUNNING) != 0;
        ffi::lua_gc(state, ffi::LUA_GCSTOP);
        ffi::lua_pushcfunction(state, raise);
        ffi::lua_pushlightuserdata(state, call.cast());
        ffi::lua_pushinteger(state, register);
        ffi::lua_pushvalue(state, 2);
        ffi::lua_pcall(state, 3, 0, 0);
        if collects {
            ffi::lua_gc(state, ffi::LUA_GCRESTART);
        }
        1
    }
}

/// The Lua function that runs at `level`, or null.
unsafe fn call_at(state: *mut lua_State, level: c_int) -> *mut Call {
    let mut about = MaybeUninit::<ffi::lua_Debug>::zeroed();
    unsafe {
        if ffi::lua_getstack(state, level, about.as_mut_ptr()) == 0 {
            return ptr::null_mut();
        }
        ffi::lua_getinfo(state, c"S".as_ptr(), about.as_mut_ptr());
        if level > 0 && *(*about.as_ptr()).what.cast::<u8>() == b'C' {
            return ptr::null_mut();
        }
        // The last field, which is private to Lua.
        let end = about.as_ptr().add(1).cast::<*mut Call>();
        end.sub(1).read()
    }
}

/// The register of the operand of the instruction under way, if that is arithmetic.
unsafe fn operand(call: *const Call, is_first: bool) -> Option<ffi::lua_Integer> {
    const WITH_REGISTER: u32 = 46;
    const WITH_CONSTANTS: [u32; 2] = [47, 48];
    const UNARY: [u32; 2] = [49, 50];
    let instruction = unsafe { *(*call).saved_instruction.sub(1) };
    let (a, b) = (instruction >> 7 & 0xff, instruction >> 16 & 0xff);
    let register = match instruction & 0x7f {
        WITH_REGISTER if is_first => a,
        WITH_REGISTER => b,
        // A constant is a number: what is wrong is the other.
        code if WITH_CONSTANTS.contains(&code) => a,
        code if UNARY.contains(&code) => b,
        _ => return None,
    };
    Some(register.into())
}

/// Raises what `operand_error` answers; it is called with the call, the register and the operation.
unsafe extern "C-unwind" fn raise(state: *mut lua_State) -> c_int {
    unsafe {
        let call = ffi::lua_touserdata(state, 1).cast::<Call>();
        let register = usize::try_from(ffi::lua_tointeger(state, 2)).unwrap_or_default();
        let operation = ffi::lua_tostring(state, 3);
        let operand = (*call).function.add(1 + register);
        // The protected call around this one brings back the frame that is left here.
        (*state.cast::<Thread>()).call = call;
        if operation.is_null() {
            luaG_tointerror(state, operand, operand)
        } else {
            luaG_typeerror(state, operand, operation)
        }
    }
}

const _: () = assert!(mem::size_of::<Slot>() == 16);
