//! What the runtime does with plain values at every message, without a detour through Lua's own code.

#![allow(unsafe_code, reason = "Lua's C interface")]

use std::ffi::c_int;

use mlua::ffi::{self, lua_State};
use mlua::{Function, Lua, Result, Table};

/// The slots of Lua's stack that each level of nesting needs: table, copy, key twice and value.
const SLOTS: c_int = 8;

/// Adds to `native`: `copy(value) -> value`, of tables without metatables that do not contain themselves; and `type`,
/// which answers what Lua's does.
pub(crate) fn register(lua: &Lua, native: &Table) -> Result<()> {
    let (copy, make_type) = unsafe {
        (
            lua.create_c_function(copy)?,
            lua.create_c_function(make_type)?,
        )
    };
    native.raw_set("copy", copy)?;
    native.raw_set("type", make_type.call::<Function>(())?)
}

unsafe extern "C-unwind" fn copy(state: *mut lua_State) -> c_int {
    unsafe {
        ffi::lua_settop(state, 1);
        copy_top(state);
    }
    1
}

/// Puts a copy in the place of the value on top of the stack. It may raise.
unsafe fn copy_top(state: *mut lua_State) {
    unsafe {
        if ffi::lua_type(state, -1) != ffi::LUA_TTABLE {
            return;
        }
        ffi::luaL_checkstack(state, SLOTS, std::ptr::null());
        let table = ffi::lua_gettop(state);
        let (n_listed, n_named) = sizes(state, table);
        ffi::lua_createtable(state, n_listed, n_named);
        ffi::lua_pushnil(state);
        while ffi::lua_next(state, table) != 0 {
            copy_top(state);
            ffi::lua_pushvalue(state, -2);
            ffi::lua_insert(state, -2);
            ffi::lua_rawset(state, table + 1);
        }
        ffi::lua_replace(state, table);
    }
}

/// How many entries a table lists, and how many others it has.
unsafe fn sizes(state: *mut lua_State, table: c_int) -> (c_int, c_int) {
    let (mut n_listed, mut n_named) = (0, 0);
    unsafe {
        ffi::lua_pushnil(state);
        while ffi::lua_next(state, table) != 0 {
            ffi::lua_pop(state, 1);
            if ffi::lua_type(state, -1) == ffi::LUA_TNUMBER {
                n_listed += 1;
            } else {
                n_named += 1;
            }
        }
    }
    (n_listed, n_named)
}

/// Answers `type`, which has the names of all types at hand: Lua's own looks each up among all texts.
unsafe extern "C-unwind" fn make_type(state: *mut lua_State) -> c_int {
    unsafe {
        ffi::lua_settop(state, 0);
        for kind in ffi::LUA_TNIL..=ffi::LUA_TTHREAD {
            ffi::lua_pushstring(state, ffi::lua_typename(state, kind));
        }
        ffi::lua_pushcclosure(state, type_of, ffi::LUA_TTHREAD - ffi::LUA_TNIL + 1);
    }
    1
}

unsafe extern "C-unwind" fn type_of(state: *mut lua_State) -> c_int {
    unsafe {
        let kind = ffi::lua_type(state, 1);
        if kind == ffi::LUA_TNONE {
            return ffi::luaL_argerror(state, 1, c"value expected".as_ptr());
        }
        ffi::lua_pushvalue(state, ffi::lua_upvalueindex(kind - ffi::LUA_TNIL + 1));
    }
    1
}
