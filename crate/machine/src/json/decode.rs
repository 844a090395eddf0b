//! JSON text to Lua values, in one pass.
//!
//! Accepted beyond the standard, as on aos: a comma before a closing bracket, and whatever Lua's
//! `tonumber` reads as a number. `null` is `nil`: an absent field, a hole in an array.

use std::slice;

use mlua::ffi::{self, lua_State};

use super::number::{Digits, Number, parse_plain};
use super::{Refused, answer, push_string, refuse};

/// Nesting beyond this is refused: the parser recurses, and the machine's stack is small.
const MAX_DEPTH: usize = 512;

/// What waits on Lua's stack until the table for it is made: so most tables get their size at once.
const WAITING: i32 = 32;

/// `decode(text) -> value | nil, reason`, for Lua to call.
pub(super) unsafe extern "C-unwind" fn decode(state: *mut lua_State) -> i32 {
    unsafe {
        let mut length = 0;
        let start = ffi::luaL_checklstring(state, 1, &raw mut length);
        // The argument stays on the stack, and with it the text in its place.
        decode_text(state, slice::from_raw_parts(start.cast(), length))
    }
}

/// `read(start, length) -> value | nil, reason`, for the entry to call: the text is the host's, which keeps it in its
/// place for as long as the call takes.
pub(super) unsafe extern "C-unwind" fn read(state: *mut lua_State) -> i32 {
    unsafe {
        let start: *const u8 = ffi::lua_touserdata(state, 1).cast();
        let length = usize::try_from(ffi::lua_tointeger(state, 2)).unwrap_or_default();
        decode_text(state, slice::from_raw_parts(start, length))
    }
}

unsafe fn decode_text(state: *mut lua_State, text: &[u8]) -> i32 {
    let mut decoder = Decoder {
        state,
        text,
        at: 0,
        depth: 0,
    };
    unsafe {
        let is_refused = decoder.whole().is_err();
        answer(state, is_refused)
    }
}

pub(super) struct Decoder<'a> {
    pub(super) state: *mut lua_State,
    pub(super) text: &'a [u8],
    pub(super) at: usize,
    depth: usize,
}

/// Each of these leaves what it reads on top of Lua's stack, and may raise.
impl<'a> Decoder<'a> {
    unsafe fn whole(&mut self) -> Result<(), Refused> {
        self.skip_space();
        unsafe { self.value()? };
        self.skip_space();
        if self.at < self.text.len() {
            return Err(unsafe { self.refusal(self.at, &[b"trailing garbage"]) });
        }
        Ok(())
    }

    unsafe fn value(&mut self) -> Result<(), Refused> {
        unsafe {
            match self.peek() {
                Some(b'"') => self.string(),
                Some(b'-' | b'0'..=b'9') => self.number(),
                Some(b't' | b'f' | b'n') => self.literal(),
                Some(b'[') => self.nested(Self::array),
                Some(b'{') => self.nested(Self::object),
                other => Err(self.about_byte(self.at, b"unexpected character '", other, b"'")),
            }
        }
    }

    unsafe fn nested(
        &mut self,
        parse: unsafe fn(&mut Self) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        self.depth += 1;
        unsafe {
            if self.depth > MAX_DEPTH {
                return Err(self.refusal(self.at, &[b"nested too deeply"]));
            }
            ffi::luaL_checkstack(self.state, WAITING + 8, std::ptr::null());
            self.at += 1;
            parse(self)?;
        }
        self.depth -= 1;
        Ok(())
    }

    unsafe fn array(&mut self) -> Result<(), Refused> {
        let state = self.state;
        let mut n_set = 0;
        unsafe {
            let table = place(state);
            loop {
                self.skip_space();
                if self.take(b']') {
                    break;
                }
                self.value()?;
                if ffi::lua_gettop(state) - table == WAITING {
                    n_set = fill_array(state, table, n_set);
                }
                self.skip_space();
                if self.take(b']') {
                    break;
                }
                if !self.take(b',') {
                    return Err(self.refusal(self.at + 1, &[b"expected ']' or ','"]));
                }
            }
            fill_array(state, table, n_set);
        }
        Ok(())
    }

    unsafe fn object(&mut self) -> Result<(), Refused> {
        let state = self.state;
        unsafe {
            let table = place(state);
            loop {
                self.skip_space();
                if self.take(b'}') {
                    break;
                }
                if self.peek() != Some(b'"') {
                    return Err(self.refusal(self.at, &[b"expected string for key"]));
                }
                self.string()?;
                self.skip_space();
                if !self.take(b':') {
                    return Err(self.refusal(self.at, &[b"expected ':' after key"]));
                }
                self.skip_space();
                self.value()?;
                if ffi::lua_gettop(state) - table == WAITING {
                    fill_object(state, table);
                }
                self.skip_space();
                if self.take(b'}') {
                    break;
                }
                if !self.take(b',') {
                    return Err(self.refusal(self.at + 1, &[b"expected '}' or ','"]));
                }
            }
            fill_object(state, table);
        }
        Ok(())
    }

    unsafe fn number(&mut self) -> Result<(), Refused> {
        let (state, start) = (self.state, self.at);
        let word = self.word();
        unsafe {
            match parse_plain(word) {
                Some(Number::Integer(integer)) => ffi::lua_pushinteger(state, integer),
                Some(Number::Float(float)) => ffi::lua_pushnumber(state, float),
                None => {
                    // As `tonumber` does it: the whole word has to be the number.
                    push_string(state, word);
                    let text = ffi::lua_tostring(state, -1);
                    if ffi::lua_stringtonumber(state, text) != word.len() + 1 {
                        return Err(self.refusal(start, &[b"invalid number '", word, b"'"]));
                    }
                    ffi::lua_remove(state, -2);
                }
            }
        }
        Ok(())
    }

    unsafe fn literal(&mut self) -> Result<(), Refused> {
        let (state, start) = (self.state, self.at);
        unsafe {
            match self.word() {
                b"true" => ffi::lua_pushboolean(state, 1),
                b"false" => ffi::lua_pushboolean(state, 0),
                b"null" => ffi::lua_pushnil(state),
                word => return Err(self.refusal(start, &[b"invalid literal '", word, b"'"])),
            }
        }
        Ok(())
    }

    /// The bytes up to the next delimiter, passed over.
    fn word(&mut self) -> &'a [u8] {
        let rest = &self.text[self.at..];
        let end = rest
            .iter()
            .position(|byte| b" \t\r\n]},".contains(byte))
            .unwrap_or(rest.len());
        self.at += end;
        &self.text[self.at - end..self.at]
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    pub(super) unsafe fn about_byte(
        &self,
        at: usize,
        before: &[u8],
        byte: Option<u8>,
        after: &[u8],
    ) -> Refused {
        unsafe { self.refusal(at, &[before, byte.as_slice(), after]) }
    }

    /// Puts a reason on the stack, of up to three parts, and the place.
    pub(super) unsafe fn refusal(&self, at: usize, reason: &[&[u8]]) -> Refused {
        let before = &self.text[..at.min(self.text.len())];
        let line = before.split(|&byte| byte == b'\n').count();
        let since = before
            .iter()
            .rev()
            .take_while(|&&byte| byte != b'\n')
            .count();
        let column = 1 + since + at.saturating_sub(self.text.len());
        let place = [line, column].map(Digits::of_count);
        let part = |index: usize| reason.get(index).copied().unwrap_or_default();
        let [line, column] = [place[0].as_bytes(), place[1].as_bytes()];
        let parts = [
            part(0),
            part(1),
            part(2),
            b" at line ",
            line,
            b" col ",
            column,
        ];
        unsafe { refuse(self.state, &parts) }
    }
}

/// The slot of a table that is not made yet; what goes into it waits above.
unsafe fn place(state: *mut lua_State) -> i32 {
    unsafe {
        ffi::lua_pushnil(state);
        ffi::lua_gettop(state)
    }
}

/// Makes the table in its slot, unless it is there.
unsafe fn make(state: *mut lua_State, table: i32, n_listed: i32, n_named: i32) {
    unsafe {
        if ffi::lua_type(state, table) == ffi::LUA_TNIL {
            ffi::lua_createtable(state, n_listed, n_named);
            ffi::lua_replace(state, table);
        }
    }
}

/// Appends what waits to the table's first `n_set` entries; answers how many there are then.
unsafe fn fill_array(state: *mut lua_State, table: i32, n_set: i64) -> i64 {
    unsafe {
        let waiting = ffi::lua_gettop(state) - table;
        // `#` depends on how a table with holes came to be: such a one grows entry by entry.
        let has_hole = (1..=waiting).any(|n| ffi::lua_type(state, table + n) == ffi::LUA_TNIL);
        make(state, table, if has_hole { 0 } else { waiting }, 0);
        for n in 1..=waiting {
            ffi::lua_pushvalue(state, table + n);
            ffi::lua_rawseti(state, table, n_set + i64::from(n));
        }
        ffi::lua_settop(state, table);
        n_set + i64::from(waiting)
    }
}

/// Sets the fields that wait, name and value in turn: the last of one name stays.
unsafe fn fill_object(state: *mut lua_State, table: i32) {
    unsafe {
        let waiting = ffi::lua_gettop(state) - table;
        make(state, table, 0, waiting / 2);
        for n in (1..waiting).step_by(2) {
            ffi::lua_pushvalue(state, table + n);
            ffi::lua_pushvalue(state, table + n + 1);
            ffi::lua_rawset(state, table);
        }
        ffi::lua_settop(state, table);
    }
}
