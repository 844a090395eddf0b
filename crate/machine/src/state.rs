//! A Lua state whose allocator can say no: memory that runs out is an error that Lua raises, not a trap.

#![allow(
    unsafe_code,
    reason = "an allocator and the state that it serves are C's"
)]

use std::ffi::{c_int, c_void};
use std::ptr;

use mlua::{Lua, ffi};

use crate::pool::Pool;

/// A state that is closed when it is dropped; whatever refers to it is dropped before.
#[derive(Debug)]
pub(crate) struct State {
    lua: *mut ffi::lua_State,
    pool: *mut Pool,
}

impl State {
    /// A state with the safe libraries of Lua and with `debug`, of which `lua/sandbox.lua` leaves little.
    ///
    /// # Errors
    ///
    /// When there is no memory for it.
    pub(crate) fn open() -> mlua::Result<(Self, Lua)> {
        unsafe {
            let pool = Box::into_raw(Box::new(Pool::new()));
            let state = ffi::lua_newstate(allocate, pool.cast());
            if state.is_null() {
                drop(Box::from_raw(pool));
                return Err(mlua::Error::MemoryError(
                    "no memory for a Lua state".to_owned(),
                ));
            }
            ffi::lua_atpanic(state, panic);
            for (name, library) in LIBRARIES {
                ffi::luaL_requiref(state, name.as_ptr(), *library, 1);
                ffi::lua_settop(state, -2);
            }
            let lua = Lua::get_or_init_from_ptr(state).clone();
            Ok((Self { lua: state, pool }, lua))
        }
    }
}

impl Drop for State {
    fn drop(&mut self) {
        unsafe {
            ffi::lua_close(self.lua);
            drop(Box::from_raw(self.pool));
        }
    }
}

const LIBRARIES: &[(&std::ffi::CStr, ffi::lua_CFunction)] = &[
    (c"_G", ffi::luaopen_base),
    (c"coroutine", ffi::luaopen_coroutine),
    (c"table", ffi::luaopen_table),
    (c"string", ffi::luaopen_string),
    (c"utf8", ffi::luaopen_utf8),
    (c"math", ffi::luaopen_math),
    (c"debug", ffi::luaopen_debug),
];

/// Lua's allocator, by the contract of `lua_Alloc`.
unsafe extern "C" fn allocate(
    pool: *mut c_void,
    block: *mut c_void,
    old_size: usize,
    new_size: usize,
) -> *mut c_void {
    unsafe {
        let (pool, block) = (&mut *pool.cast::<Pool>(), block.cast::<u8>());
        // Of what is new, Lua says the kind in the place of the size.
        let resized = match (block.is_null(), new_size) {
            (true, 0) => ptr::null_mut(),
            (true, _) => pool.obtain(new_size),
            (false, 0) => {
                pool.release(block, old_size);
                ptr::null_mut()
            }
            (false, _) => pool.resize(block, old_size, new_size),
        };
        resized.cast()
    }
}

/// An error that nothing caught: there was no memory even to report it.
unsafe extern "C-unwind" fn panic(_: *mut ffi::lua_State) -> c_int {
    std::process::abort()
}
