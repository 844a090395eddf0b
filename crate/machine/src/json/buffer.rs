//! Text that grows, in memory that Lua owns: an error that Lua raises leaves nothing behind.

use std::mem::MaybeUninit;
use std::ptr;

use mlua::ffi::{self, lua_State};

/// Most texts fit in what the caller has on its own stack.
pub(super) type Beginning = [MaybeUninit<u8>; 1024];

/// Bytes in the caller's `Beginning`; when it is full, in a userdata on Lua's stack.
pub(super) struct Buffer {
    state: *mut lua_State,
    /// Where on Lua's stack the userdata lies.
    slot: i32,
    start: *mut u8,
    length: usize,
    room: usize,
}

impl Buffer {
    /// An empty text, which takes one slot of Lua's stack. `beginning` has to outlive it.
    pub(super) unsafe fn new(state: *mut lua_State, beginning: *mut Beginning) -> Self {
        let slot = unsafe {
            ffi::lua_pushnil(state);
            ffi::lua_gettop(state)
        };
        Self {
            state,
            slot,
            start: beginning.cast(),
            length: 0,
            room: size_of::<Beginning>(),
        }
    }

    /// Appends `bytes`. May raise.
    pub(super) unsafe fn push(&mut self, bytes: &[u8]) {
        if bytes.len() > self.room - self.length {
            unsafe { self.grow(bytes.len()) };
        }
        // Most pieces are a byte or a few: no call for them.
        unsafe {
            let end = self.start.add(self.length);
            ptr::copy_nonoverlapping(bytes.as_ptr(), end, bytes.len());
        }
        self.length += bytes.len();
    }

    /// Makes room for `more` bytes. May raise.
    #[cold]
    unsafe fn grow(&mut self, more: usize) {
        let room = (self.length + more).max(self.room * 2);
        unsafe {
            let start = ffi::lua_newuserdatauv(self.state, room, 0).cast();
            ptr::copy_nonoverlapping(self.start, start, self.length);
            ffi::lua_replace(self.state, self.slot);
            self.start = start;
        }
        self.room = room;
    }

    /// Puts the text on the stack as a string. May raise.
    pub(super) unsafe fn finish(self) {
        unsafe { ffi::lua_pushlstring(self.state, self.start.cast(), self.length) };
    }
}
