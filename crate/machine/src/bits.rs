//! `bit32`, which Lua 5.4 has no more: numbers of 32 bits. In C's place, so that its errors name the caller's line.

#![allow(unsafe_code, reason = "Lua's C interface")]

use std::ffi::{c_char, c_int};

use mlua::ffi::{self, lua_State};
use mlua::{Lua, Result, Table};

const FUNCTIONS: [(&str, ffi::lua_CFunction); 12] = [
    ("band", band),
    ("bor", bor),
    ("bxor", bxor),
    ("btest", btest),
    ("bnot", bnot),
    ("lshift", lshift),
    ("rshift", rshift),
    ("arshift", arshift),
    ("lrotate", lrotate),
    ("rrotate", rrotate),
    ("extract", extract),
    ("replace", replace),
];

/// The library. Lua, too, knows it by its name, which it looks up for the errors of functions that C calls.
pub(crate) fn library(lua: &Lua) -> Result<Table> {
    let library = lua.create_table()?;
    for (name, function) in FUNCTIONS {
        library.raw_set(name, unsafe { lua.create_c_function(function)? })?;
    }
    let loaded: Table = lua.named_registry_value("_LOADED")?;
    loaded.raw_set("bit32", &library)?;
    Ok(library)
}

/// The argument at `position`, modulo 2³². Raises if it is no integer.
unsafe fn bits(state: *mut lua_State, position: c_int) -> u32 {
    let integer = unsafe { ffi::luaL_checkinteger(state, position) };
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "modulo 2³² is what is wanted"
    )]
    let bits = integer as u32;
    bits
}

unsafe fn answer(state: *mut lua_State, value: u32) -> c_int {
    unsafe { ffi::lua_pushinteger(state, value.into()) };
    1
}

unsafe fn fold(state: *mut lua_State, start: u32, combine: fn(u32, u32) -> u32) -> u32 {
    let n_arguments = unsafe { ffi::lua_gettop(state) };
    (1..=n_arguments).fold(start, |result, position| {
        combine(result, unsafe { bits(state, position) })
    })
}

unsafe extern "C-unwind" fn band(state: *mut lua_State) -> c_int {
    unsafe { answer(state, fold(state, u32::MAX, |a, b| a & b)) }
}

unsafe extern "C-unwind" fn bor(state: *mut lua_State) -> c_int {
    unsafe { answer(state, fold(state, 0, |a, b| a | b)) }
}

unsafe extern "C-unwind" fn bxor(state: *mut lua_State) -> c_int {
    unsafe { answer(state, fold(state, 0, |a, b| a ^ b)) }
}

unsafe extern "C-unwind" fn btest(state: *mut lua_State) -> c_int {
    unsafe {
        let common = fold(state, u32::MAX, |a, b| a & b);
        ffi::lua_pushboolean(state, (common != 0).into());
    }
    1
}

unsafe extern "C-unwind" fn bnot(state: *mut lua_State) -> c_int {
    unsafe { answer(state, !bits(state, 1)) }
}

/// `value` moved to the left, or by a negative count to the right; zeros come in.
fn shifted(value: u32, by: i64) -> u32 {
    let count = u32::try_from(by.unsigned_abs()).unwrap_or(u32::MAX);
    let moved = if by < 0 {
        value.checked_shr(count)
    } else {
        value.checked_shl(count)
    };
    moved.unwrap_or(0)
}

unsafe extern "C-unwind" fn lshift(state: *mut lua_State) -> c_int {
    unsafe {
        answer(
            state,
            shifted(bits(state, 1), ffi::luaL_checkinteger(state, 2)),
        )
    }
}

unsafe extern "C-unwind" fn rshift(state: *mut lua_State) -> c_int {
    unsafe {
        let value = bits(state, 1);
        let by = ffi::luaL_checkinteger(state, 2).saturating_neg();
        answer(state, shifted(value, by))
    }
}

unsafe extern "C-unwind" fn arshift(state: *mut lua_State) -> c_int {
    unsafe {
        let value = bits(state, 1);
        let by = ffi::luaL_checkinteger(state, 2);
        let is_negative = value >> 31 == 1;
        let moved = shifted(value, by.saturating_neg());
        if by < 0 || !is_negative {
            return answer(state, moved);
        }
        answer(state, moved | !shifted(u32::MAX, by.saturating_neg()))
    }
}

/// A count of places to turn by, modulo 32.
fn turns(by: i64) -> u32 {
    u32::try_from(by.rem_euclid(32)).unwrap_or(0)
}

unsafe extern "C-unwind" fn lrotate(state: *mut lua_State) -> c_int {
    unsafe {
        let value = bits(state, 1);
        answer(
            state,
            value.rotate_left(turns(ffi::luaL_checkinteger(state, 2))),
        )
    }
}

unsafe extern "C-unwind" fn rrotate(state: *mut lua_State) -> c_int {
    unsafe {
        let value = bits(state, 1);
        answer(
            state,
            value.rotate_right(turns(ffi::luaL_checkinteger(state, 2))),
        )
    }
}

/// The field whose first bit is the argument at `position`, and whose width the next: its place, and as many ones.
unsafe fn field(state: *mut lua_State, position: c_int) -> (u32, u32) {
    unsafe {
        let from = ffi::luaL_checkinteger(state, position);
        let width = ffi::luaL_optinteger(state, position + 1, 1);
        check(
            state,
            from >= 0,
            position,
            c"field cannot be negative".as_ptr(),
        );
        check(
            state,
            width > 0,
            position + 1,
            c"width must be positive".as_ptr(),
        );
        match (u32::try_from(from), u32::try_from(width)) {
            (Ok(from @ 0..=31), Ok(width @ 1..=32)) if from + width <= 32 => {
                (from, u32::MAX >> (32 - width))
            }
            _ => {
                ffi::luaL_error(state, c"trying to access non-existent bits".as_ptr());
                (0, 0)
            }
        }
    }
}

unsafe fn check(state: *mut lua_State, is_so: bool, position: c_int, otherwise: *const c_char) {
    if !is_so {
        unsafe { ffi::luaL_argerror(state, position, otherwise) };
    }
}

unsafe extern "C-unwind" fn extract(state: *mut lua_State) -> c_int {
    unsafe {
        let value = bits(state, 1);
        let (from, ones) = field(state, 2);
        answer(state, value >> from & ones)
    }
}

unsafe extern "C-unwind" fn replace(state: *mut lua_State) -> c_int {
    unsafe {
        let (value, part) = (bits(state, 1), bits(state, 2));
        let (from, ones) = field(state, 3);
        answer(state, value & !(ones << from) | (part & ones) << from)
    }
}
