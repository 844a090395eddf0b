//! Lua values to JSON text, by the rules of aos: an empty table is `[]`, a table with `t[1]` an array,
//! fields that hold functions are left out.

use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::slice;

use mlua::ffi::{self, lua_State};

use super::buffer::{Beginning, Buffer};
use super::number::Digits;
use super::{Refused, answer, refuse};

/// Nesting beyond this is refused: the encoder recurses, and the machine's stack is small.
const MAX_DEPTH: usize = 256;

/// Slots of Lua's stack that each level of nesting needs: key, value, and what a call puts there.
const SLOTS: i32 = 16;

/// `encode(value) -> text | nil, reason`, for Lua to call.
pub(super) unsafe extern "C-unwind" fn encode(state: *mut lua_State) -> i32 {
    let mut beginning: Beginning = [MaybeUninit::uninit(); _];
    unsafe {
        ffi::lua_settop(state, 1);
        let mut encoder = Encoder {
            state,
            out: Buffer::new(state, &raw mut beginning),
        };
        ffi::lua_pushvalue(state, 1);
        let is_refused = encoder.value(None).is_err();
        if !is_refused {
            encoder.out.finish();
        }
        answer(state, is_refused)
    }
}

struct Encoder {
    state: *mut lua_State,
    out: Buffer,
}

/// A table that is being written, and those that it lies in.
struct Open<'a> {
    table: *const c_void,
    depth: usize,
    outer: Option<&'a Open<'a>>,
}

impl Encoder {
    /// Writes the value on top of the stack. Any of these may raise.
    unsafe fn value(&mut self, outer: Option<&Open<'_>>) -> Result<(), Refused> {
        let state = self.state;
        unsafe {
            match ffi::lua_type(state, -1) {
                ffi::LUA_TNIL => self.out.push(b"null"),
                ffi::LUA_TBOOLEAN if ffi::lua_toboolean(state, -1) == 0 => self.out.push(b"false"),
                ffi::LUA_TBOOLEAN => self.out.push(b"true"),
                ffi::LUA_TNUMBER => self.number()?,
                ffi::LUA_TSTRING => self.string(-1),
                ffi::LUA_TTABLE => return self.table(outer),
                kind => {
                    let name = std::ffi::CStr::from_ptr(ffi::lua_typename(state, kind));
                    return Err(refuse(
                        state,
                        &[b"unexpected type '", name.to_bytes(), b"'"],
                    ));
                }
            }
        }
        Ok(())
    }

    unsafe fn number(&mut self) -> Result<(), Refused> {
        let state = self.state;
        unsafe {
            let digits = if ffi::lua_isinteger(state, -1) == 0 {
                let float = ffi::lua_tonumber(state, -1);
                if !float.is_finite() {
                    let shown: &[u8] = match float {
                        f64::INFINITY => b"inf",
                        f64::NEG_INFINITY => b"-inf",
                        _ => b"nan",
                    };
                    return Err(refuse(state, &[b"unexpected number value '", shown, b"'"]));
                }
                Digits::of_float(float)
            } else {
                Digits::of_integer(ffi::lua_tointeger(state, -1))
            };
            self.out.push(digits.as_bytes());
        }
        Ok(())
    }

    unsafe fn table(&mut self, outer: Option<&Open<'_>>) -> Result<(), Refused> {
        let state = self.state;
        unsafe {
            let table = ffi::lua_topointer(state, -1);
            let mut enclosing = outer;
            while let Some(open) = enclosing {
                if open.table == table {
                    return Err(refuse(state, &[b"circular reference"]));
                }
                enclosing = open.outer;
            }
            let depth = outer.map_or(1, |open| open.depth + 1);
            if depth > MAX_DEPTH {
                return Err(refuse(state, &[b"nested too deeply"]));
            }
            let open = Open {
                table,
                depth,
                outer,
            };
            ffi::luaL_checkstack(state, SLOTS, std::ptr::null());
            let has_first = ffi::lua_rawgeti(state, -1, 1) != ffi::LUA_TNIL;
            ffi::lua_pop(state, 1);
            if has_first || is_empty_with_metatable(state) {
                self.array(&open)
            } else {
                self.object(&open)
            }
        }
    }

    unsafe fn array(&mut self, open: &Open<'_>) -> Result<(), Refused> {
        let state = self.state;
        unsafe {
            let mut n_entries = 0_i64;
            let pairs = Pairs::begin(state);
            while pairs.next(state) {
                if ffi::lua_type(state, -2) != ffi::LUA_TNUMBER {
                    return Err(mixed_keys(state));
                }
                n_entries += 1;
                ffi::lua_pop(state, 1);
            }
            ffi::lua_len(state, -1);
            ffi::lua_pushinteger(state, n_entries);
            let is_whole = ffi::lua_rawequal(state, -1, -2) != 0;
            ffi::lua_pop(state, 2);
            if !is_whole {
                return Err(refuse(state, &[b"invalid table: sparse array"]));
            }
            self.out.push(b"[");
            for index in 1..=n_entries {
                if ffi::lua_geti(state, -1, index) == ffi::LUA_TNIL {
                    ffi::lua_pop(state, 1);
                    break;
                }
                if index > 1 {
                    self.out.push(b",");
                }
                self.value(Some(open))?;
                ffi::lua_pop(state, 1);
            }
            self.out.push(b"]");
        }
        Ok(())
    }

    /// Writes a table without `t[1]`: an object, or if it is empty an empty array.
    unsafe fn object(&mut self, open: &Open<'_>) -> Result<(), Refused> {
        let state = self.state;
        let (mut is_empty, mut is_first) = (true, true);
        unsafe {
            let pairs = Pairs::begin(state);
            while pairs.next(state) {
                // A number as a key must not become a string here: `lua_next` would lose its place.
                if ffi::lua_type(state, -2) != ffi::LUA_TSTRING {
                    return Err(mixed_keys(state));
                }
                if is_empty {
                    self.out.push(b"{");
                }
                is_empty = false;
                if ffi::lua_type(state, -1) != ffi::LUA_TFUNCTION {
                    if !is_first {
                        self.out.push(b",");
                    }
                    is_first = false;
                    self.string(-2);
                    self.out.push(b":");
                    self.value(Some(open))?;
                }
                ffi::lua_pop(state, 1);
            }
            self.out.push(if is_empty { b"[]" } else { b"}" });
        }
        Ok(())
    }

    /// Writes the string at `index`.
    unsafe fn string(&mut self, index: i32) {
        let mut length = 0;
        let text = unsafe {
            let start = ffi::lua_tolstring(self.state, index, &raw mut length);
            slice::from_raw_parts(start.cast::<u8>(), length)
        };
        unsafe { self.out.push(b"\"") };
        let mut plain = 0;
        for (at, &byte) in text.iter().enumerate() {
            if byte >= 32 && byte != b'"' && byte != b'\\' {
                continue;
            }
            let hex = |nibble: u8| b"0123456789abcdef"[usize::from(nibble & 15)];
            let unicode = [b'\\', b'u', b'0', b'0', hex(byte >> 4), hex(byte)];
            let short = [b'\\', byte];
            let escape: &[u8] = match byte {
                b'"' | b'\\' => &short,
                8 => b"\\b",
                12 => b"\\f",
                b'\n' => b"\\n",
                b'\r' => b"\\r",
                b'\t' => b"\\t",
                _ => &unicode,
            };
            unsafe {
                self.out.push(&text[plain..at]);
                self.out.push(escape);
            }
            plain = at + 1;
        }
        unsafe {
            self.out.push(&text[plain..]);
            self.out.push(b"\"");
        }
    }
}

unsafe fn mixed_keys(state: *mut lua_State) -> Refused {
    unsafe { refuse(state, &[b"invalid table: mixed or invalid key types"]) }
}

/// The fields of the table on top of the stack, by its `__pairs` if it has one.
#[derive(Clone, Copy)]
struct Pairs {
    is_custom: bool,
}

impl Pairs {
    /// Puts on the stack what `next` needs.
    unsafe fn begin(state: *mut lua_State) -> Self {
        unsafe {
            let kind = ffi::luaL_getmetafield(state, -1, c"__pairs".as_ptr());
            if kind == ffi::LUA_TNIL {
                ffi::lua_pushnil(state);
                return Self { is_custom: false };
            }
            ffi::lua_pushvalue(state, -2);
            ffi::lua_call(state, 1, 3);
        }
        Self { is_custom: true }
    }

    /// Puts the next key and value on the stack, in the place of the key before. At the end it leaves the table alone.
    unsafe fn next(self, state: *mut lua_State) -> bool {
        unsafe {
            if !self.is_custom {
                return ffi::lua_next(state, -2) != 0;
            }
            // The iterator, its state and the key: copies of the first two go below the key.
            ffi::lua_pushvalue(state, -3);
            ffi::lua_pushvalue(state, -3);
            ffi::lua_rotate(state, -3, -1);
            ffi::lua_call(state, 2, 2);
            if ffi::lua_type(state, -2) != ffi::LUA_TNIL {
                return true;
            }
            ffi::lua_pop(state, 4);
        }
        false
    }
}

/// Whether the table on top of the stack is empty, but may pretend otherwise: aos takes it for an array.
unsafe fn is_empty_with_metatable(state: *mut lua_State) -> bool {
    unsafe {
        if ffi::lua_getmetatable(state, -1) == 0 {
            return false;
        }
        ffi::lua_pop(state, 1);
        ffi::lua_pushnil(state);
        let is_empty = ffi::lua_next(state, -2) == 0;
        if !is_empty {
            ffi::lua_pop(state, 2);
        }
        is_empty
    }
}
