//! JSON as processes know it: the dialect of aos, where it differs from the standard.
//!
//! What a process may get wrong is returned as text, not raised: `lua/json.lua` raises it, so that a
//! process sees a string with a position, as with any error of Lua.
//!
//! Each message passes through here three times, so this speaks to Lua's C interface directly. Any call of
//! it that allocates may raise "not enough memory", which leaves the frames of these functions without a
//! word: **nothing that has a `Drop` may be alive across a call**. Texts of unknown length lie in Lua's own
//! memory, which its collector takes back.

#![allow(unsafe_code, reason = "Lua's C interface")]

mod decode;
mod text;

mod encode;

mod buffer;
mod number;

use mlua::ffi::{self, lua_State};
use mlua::{Lua, Result, Table};

/// Adds to `native`: `decode(text) -> value | nil, reason`, `read(start, length)`, which decodes what lies there in
/// memory, and `encode(value) -> text | nil, reason`.
pub(crate) fn register(lua: &Lua, native: &Table) -> Result<()> {
    let (decode, read, encode) = unsafe {
        (
            lua.create_c_function(decode::decode)?,
            lua.create_c_function(decode::read)?,
            lua.create_c_function(encode::encode)?,
        )
    };
    native.raw_set("decode", decode)?;
    native.raw_set("read", read)?;
    native.raw_set("encode", encode)
}

/// That a text or a value is refused. The reason is on top of Lua's stack.
struct Refused;

/// Puts the reason on the stack, joined from `parts`.
unsafe fn refuse(state: *mut lua_State, parts: &[&[u8]]) -> Refused {
    unsafe {
        ffi::luaL_checkstack(state, 8, std::ptr::null());
        let mut n_parts = 0;
        for part in parts {
            push_string(state, part);
            n_parts += 1;
        }
        ffi::lua_concat(state, n_parts);
    }
    Refused
}

/// What a native function answers: the value on top of the stack, or nil and the reason there.
unsafe fn answer(state: *mut lua_State, is_refused: bool) -> i32 {
    if !is_refused {
        return 1;
    }
    unsafe {
        ffi::lua_pushnil(state);
        ffi::lua_insert(state, -2);
    }
    2
}

unsafe fn push_string(state: *mut lua_State, text: &[u8]) {
    unsafe { ffi::lua_pushlstring(state, text.as_ptr().cast(), text.len()) };
}
