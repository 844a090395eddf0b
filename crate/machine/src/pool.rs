//! Small blocks of memory for Lua, which makes and frees many: lists of free blocks, one for each size. Blocks are cut
//! from chunks, and go back to the allocator with the state alone.

#![allow(unsafe_code, reason = "an allocator deals in raw memory")]

use std::alloc::{Layout, alloc, dealloc};
use std::ptr;

use crate::state::ALIGNMENT;

/// Blocks of more than this are the allocator's.
const LARGEST: usize = 128;

/// What is asked of the allocator at once.
const CHUNK: usize = 4096;

/// The free blocks of a state.
#[derive(Debug)]
pub(crate) struct Pool {
    /// By size, in units of the alignment: the first free block, which holds the address of the next.
    free: [*mut u8; LARGEST / ALIGNMENT + 1],
    /// What is left of the last chunk.
    rest: *mut u8,
    n_left: usize,
    /// The last chunk: the end of each holds the address of the one before.
    chunk: *mut u8,
}

impl Pool {
    pub(crate) const fn new() -> Self {
        Self {
            free: [ptr::null_mut(); LARGEST / ALIGNMENT + 1],
            rest: ptr::null_mut(),
            n_left: 0,
            chunk: ptr::null_mut(),
        }
    }

    /// Whether blocks of this size are in the pool.
    pub(crate) const fn has(size: usize) -> bool {
        size <= LARGEST
    }

    /// What a block of this size takes.
    pub(crate) const fn room(size: usize) -> usize {
        size.next_multiple_of(ALIGNMENT)
    }

    /// A block, or null when there is no memory.
    pub(crate) unsafe fn take(&mut self, size: usize) -> *mut u8 {
        let room = Self::room(size);
        let first = &mut self.free[room / ALIGNMENT];
        let block = *first;
        if block.is_null() {
            return unsafe { self.cut(room) };
        }
        *first = unsafe { block.cast::<*mut u8>().read() };
        block
    }

    /// Takes a block back.
    pub(crate) unsafe fn give(&mut self, block: *mut u8, size: usize) {
        let first = &mut self.free[Self::room(size) / ALIGNMENT];
        unsafe { block.cast::<*mut u8>().write(*first) };
        *first = block;
    }

    #[cold]
    unsafe fn cut(&mut self, room: usize) -> *mut u8 {
        if self.n_left < room {
            let chunk = unsafe { alloc(CHUNK_LAYOUT) };
            if chunk.is_null() {
                return chunk;
            }
            // What is left of the chunk before is a block of its size.
            if self.n_left > 0 {
                unsafe { self.give(self.rest, self.n_left) };
            }
            unsafe { chunk.add(CHUNK).cast::<*mut u8>().write(self.chunk) };
            self.chunk = chunk;
            self.rest = chunk;
            self.n_left = CHUNK;
        }
        let block = self.rest;
        self.rest = unsafe { block.add(room) };
        self.n_left -= room;
        block
    }
}

const CHUNK_LAYOUT: Layout = match Layout::from_size_align(CHUNK + ALIGNMENT, ALIGNMENT) {
    Ok(layout) => layout,
    Err(_) => panic!("a chunk is of a size that there is"),
};

impl Drop for Pool {
    fn drop(&mut self) {
        while !self.chunk.is_null() {
            unsafe {
                let before = self.chunk.add(CHUNK).cast::<*mut u8>().read();
                dealloc(self.chunk, CHUNK_LAYOUT);
                self.chunk = before;
            }
        }
    }
}
