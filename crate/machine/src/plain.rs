//! What the runtime does with plain values at every message, without a detour through Lua's own code.

#![allow(unsafe_code, reason = "Lua's C interface")]

use std::ffi::c_int;

use mlua::ffi::{self, lua_State};
use mlua::{Function, Lua, Result, Table};

/// The slots of Lua's stack that each level of nesting needs: table, copy, key twice and value.
const SLOTS: c_int = 8;

/// Lists of at most so many entries are copied by their places.
const SHORT: c_int = 32;

/// Adds to `native`: `copy(value) -> value`, of tables without metatables that do not contain themselves;
/// `is_spelled(message) -> boolean`; and `type`, which answers what Lua's does.
pub(crate) fn register(lua: &Lua, native: &Table) -> Result<()> {
    let (copy, is_spelled, make_type) = unsafe {
        (
            lua.create_c_function(copy)?,
            lua.create_c_function(is_spelled)?,
            lua.create_c_function(make_type)?,
        )
    };
    native.raw_set("copy", copy)?;
    native.raw_set("is_spelled", is_spelled)?;
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
        let n_listed = c_int::try_from(ffi::lua_rawlen(state, table)).unwrap_or(c_int::MAX);
        // A list as short as this lies in its table in its order, and `lua_next` goes on behind it.
        if (1..=SHORT).contains(&n_listed) {
            ffi::lua_createtable(state, n_listed, 0);
            for index in 1..=n_listed.into() {
                ffi::lua_rawgeti(state, table, index);
                copy_top(state);
                ffi::lua_rawseti(state, table + 1, index);
            }
            ffi::lua_pushinteger(state, n_listed.into());
        } else {
            let (n_listed, n_named) = sizes(state, table);
            ffi::lua_createtable(state, n_listed, n_named);
            ffi::lua_pushnil(state);
        }
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

/// `is_spelled(message) -> boolean`: whether the names of a message's fields and of its tags are all as
/// `utils.normalize` (`lua/utils.lua`) spells them. Of a message of another form, it says that they are not.
unsafe extern "C-unwind" fn is_spelled(state: *mut lua_State) -> c_int {
    unsafe {
        ffi::lua_settop(state, 1);
        let is_so = ffi::lua_type(state, 1) == ffi::LUA_TTABLE
            && has_spelled_fields(state)
            && has_spelled_tags(state);
        ffi::lua_pushboolean(state, is_so.into());
    }
    1
}

unsafe fn has_spelled_fields(state: *mut lua_State) -> bool {
    unsafe {
        ffi::lua_pushnil(state);
        while ffi::lua_next(state, 1) != 0 {
            ffi::lua_pop(state, 1);
            if !is_spelled_text(state) {
                return false;
            }
        }
    }
    true
}

unsafe fn has_spelled_tags(state: *mut lua_State) -> bool {
    unsafe {
        ffi::lua_settop(state, 1);
        ffi::lua_pushstring(state, c"Tags".as_ptr());
        if ffi::lua_rawget(state, 1) != ffi::LUA_TTABLE {
            return false;
        }
        ffi::lua_pushstring(state, c"name".as_ptr());
        for index in 1.. {
            match ffi::lua_rawgeti(state, 2, index) {
                ffi::LUA_TNIL => break,
                ffi::LUA_TTABLE => {}
                _ => return false,
            }
            ffi::lua_pushvalue(state, 3);
            ffi::lua_rawget(state, 4);
            if !is_spelled_text(state) {
                return false;
            }
            ffi::lua_settop(state, 3);
        }
    }
    true
}

/// Whether the value on top of the stack is a text in that spelling: words joined by hyphens, each beginning with
/// what is no small letter, and going on without capitals.
unsafe fn is_spelled_text(state: *mut lua_State) -> bool {
    if unsafe { ffi::lua_type(state, -1) } != ffi::LUA_TSTRING {
        return false;
    }
    let mut length = 0;
    let text: &[u8] = unsafe {
        let start = ffi::lua_tolstring(state, -1, &raw mut length);
        std::slice::from_raw_parts(start.cast(), length)
    };
    let mut begins = true;
    text.iter().all(|&byte| {
        let is_so = match byte {
            b'_' => false,
            b'a'..=b'z' => !begins,
            b'A'..=b'Z' => begins,
            _ => true,
        };
        begins = byte == b'-';
        is_so
    })
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
