//! Positions in strings. Lua's `string` keeps one that is positive in a `size_t`, which in WebAssembly has 32 bits:
//! `('abc'):sub(2^32 + 2)` would be `bc`, and `('abc'):sub(2^32)` begin with the byte before the string.

#![allow(unsafe_code, reason = "Lua's C interface")]

use std::ffi::c_int;

use mlua::ffi::{self, lua_State};
use mlua::{Function, Lua, Result, Table};

/// The functions that do so, and which argument the position is. Ends of ranges Lua compares as they are.
const FUNCTIONS: [(&str, c_int); 6] = [
    ("sub", 2),
    ("byte", 2),
    ("find", 3),
    ("match", 3),
    ("gmatch", 3),
    ("unpack", 3),
];

/// Beyond the end of any string, as whatever is larger.
const FARTHEST: ffi::lua_Integer = i32::MAX as ffi::lua_Integer;

/// Has these functions take whatever is beyond the end of any string for the same.
pub(crate) fn bound(lua: &Lua) -> Result<()> {
    let bind = unsafe { lua.create_c_function(bind)? };
    let string: Table = lua.globals().raw_get("string")?;
    for (name, position) in FUNCTIONS {
        let original: Function = string.raw_get(name)?;
        let bound: Function = bind.call((original, position))?;
        string.raw_set(name, bound)?;
    }
    Ok(())
}

/// `(function, position) -> function`.
unsafe extern "C-unwind" fn bind(state: *mut lua_State) -> c_int {
    unsafe { ffi::lua_pushcclosure(state, bounded, 2) };
    1
}

/// Calls the function as C does, in the same frame: its errors are the caller's as before.
unsafe extern "C-unwind" fn bounded(state: *mut lua_State) -> c_int {
    unsafe {
        let position = ffi::lua_tointeger(state, ffi::lua_upvalueindex(2)) as c_int;
        let mut is_integer = 0;
        if ffi::lua_gettop(state) >= position
            && ffi::lua_tointegerx(state, position, &raw mut is_integer) > FARTHEST
        {
            ffi::lua_pushinteger(state, FARTHEST);
            ffi::lua_replace(state, position);
        }
        match ffi::lua_tocfunction(state, ffi::lua_upvalueindex(1)) {
            Some(original) => original(state),
            None => 0,
        }
    }
}
