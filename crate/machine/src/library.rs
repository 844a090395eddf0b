//! What C must do of the library that a process sees, because the errors of C's functions name their caller's line
//! even where the caller ends with the call.

#![allow(unsafe_code, reason = "Lua's C interface")]

use std::ffi::c_int;

use mlua::ffi::{self, lua_State};
use mlua::{Function, Lua, Result, Table};

use crate::bits;

/// Adds to `native`: `bit32`; `difftime` and `getenv` of `os`; and `as_c(function) -> function`, which stands in for
/// a function in Lua. In that, `error(…, 3)` is the caller's error, and nothing can yield.
pub(crate) fn register(lua: &Lua, native: &Table) -> Result<()> {
    native.raw_set("bit32", bits::library(lua)?)?;
    let (difftime, getenv, as_c) = unsafe {
        (
            lua.create_c_function(difftime)?,
            lua.create_c_function(getenv)?,
            lua.create_c_function(as_c)?,
        )
    };
    let functions: [(&str, Function); 3] =
        [("difftime", difftime), ("getenv", getenv), ("as_c", as_c)];
    for (name, function) in functions {
        native.raw_set(name, function)?;
    }
    Ok(())
}

unsafe extern "C-unwind" fn difftime(state: *mut lua_State) -> c_int {
    unsafe {
        // Whole seconds, as C has them.
        let end = ffi::luaL_checkinteger(state, 1);
        let start = ffi::luaL_checkinteger(state, 2);
        #[allow(clippy::cast_precision_loss, reason = "C's answer is a float")]
        ffi::lua_pushnumber(state, end.wrapping_sub(start) as f64);
    }
    1
}

/// There is no environment: it has nothing of any name.
unsafe extern "C-unwind" fn getenv(state: *mut lua_State) -> c_int {
    unsafe {
        ffi::luaL_checklstring(state, 1, std::ptr::null_mut());
        ffi::lua_pushnil(state);
    }
    1
}

unsafe extern "C-unwind" fn as_c(state: *mut lua_State) -> c_int {
    unsafe {
        ffi::lua_settop(state, 1);
        ffi::lua_pushcclosure(state, forward, 1);
    }
    1
}

unsafe extern "C-unwind" fn forward(state: *mut lua_State) -> c_int {
    unsafe {
        ffi::lua_pushvalue(state, ffi::lua_upvalueindex(1));
        ffi::lua_insert(state, 1);
        ffi::lua_call(state, ffi::lua_gettop(state) - 1, ffi::LUA_MULTRET);
        ffi::lua_gettop(state)
    }
}
