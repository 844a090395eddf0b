//! Small blocks of memory for Lua, which makes and frees many: those that are free wait in lists, one for each size,
//! until they are wanted again. What a list may not hold goes back to the allocator, and all of it when there is no
//! memory otherwise: what was small once may become part of something large.
//!
//! The lists lie in the machine's own memory. An image has them too, so that a process that goes on from one finds
//! the blocks that it would have found.

#![allow(unsafe_code, reason = "an allocator deals in raw memory")]
#![allow(
    clippy::cast_ptr_alignment,
    reason = "blocks are aligned for what Lua's objects need, of which an address is one"
)]

use std::alloc::{Layout, alloc, dealloc, realloc};
use std::ptr;

/// What Lua's objects need. More than that the allocator of WebAssembly gives only by a detour.
const ALIGNMENT: usize = align_of::<u64>();

/// Blocks of more than this are the allocator's.
const LARGEST: usize = 128;

/// So many bytes wait in one list at most.
const MOST: usize = 16 * 1024;

/// Free blocks of one size, each of which holds the address of the next.
#[derive(Clone, Copy, Debug)]
struct List {
    first: *mut u8,
    n_bytes: usize,
}

/// The free blocks of a state.
#[derive(Debug)]
pub(crate) struct Pool {
    /// By size, in units of the alignment.
    lists: [List; LARGEST / ALIGNMENT + 1],
}

impl Pool {
    pub(crate) const fn new() -> Self {
        const EMPTY: List = List {
            first: ptr::null_mut(),
            n_bytes: 0,
        };
        Self {
            lists: [EMPTY; LARGEST / ALIGNMENT + 1],
        }
    }

    /// A block, or null when there is no memory.
    pub(crate) unsafe fn obtain(&mut self, size: usize) -> *mut u8 {
        let size = room(size);
        if size <= LARGEST {
            let list = &mut self.lists[size / ALIGNMENT];
            let block = list.first;
            if !block.is_null() {
                list.first = unsafe { block.cast::<*mut u8>().read() };
                list.n_bytes -= size;
                return block;
            }
        }
        self.or_without_lists(|| match layout(size) {
            Some(layout) => unsafe { alloc(layout) },
            None => ptr::null_mut(),
        })
    }

    /// Takes back a block of this size.
    pub(crate) unsafe fn release(&mut self, block: *mut u8, size: usize) {
        let size = room(size);
        if size <= LARGEST {
            let list = &mut self.lists[size / ALIGNMENT];
            if list.n_bytes + size <= MOST {
                unsafe { block.cast::<*mut u8>().write(list.first) };
                list.first = block;
                list.n_bytes += size;
                return;
            }
        }
        if let Some(layout) = layout(size) {
            unsafe { dealloc(block, layout) };
        }
    }

    /// The block with another size, wherever it is then, or null when there is no memory.
    pub(crate) unsafe fn resize(
        &mut self,
        block: *mut u8,
        old_size: usize,
        new_size: usize,
    ) -> *mut u8 {
        let (old_size, new_size) = (room(old_size), room(new_size));
        if old_size == new_size {
            return block;
        }
        if old_size.min(new_size) > LARGEST {
            return self.or_without_lists(|| match layout(old_size) {
                Some(layout) => unsafe { realloc(block, layout, new_size) },
                None => ptr::null_mut(),
            });
        }
        unsafe {
            let moved = self.obtain(new_size);
            if !moved.is_null() {
                ptr::copy_nonoverlapping(block, moved, old_size.min(new_size));
                self.release(block, old_size);
            }
            moved
        }
    }

    /// What `attempt` gives; if that is null, what it gives when all free blocks are the allocator's again.
    fn or_without_lists(&mut self, attempt: impl Fn() -> *mut u8) -> *mut u8 {
        let block = attempt();
        if !block.is_null() {
            return block;
        }
        self.empty();
        attempt()
    }

    /// Gives all free blocks back to the allocator.
    #[cold]
    fn empty(&mut self) {
        for (index, list) in self.lists.iter_mut().enumerate() {
            let Some(layout) = layout(index * ALIGNMENT) else {
                continue;
            };
            while !list.first.is_null() {
                unsafe {
                    let next = list.first.cast::<*mut u8>().read();
                    dealloc(list.first, layout);
                    list.first = next;
                }
            }
            list.n_bytes = 0;
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.empty();
    }
}

/// What a block of this size takes.
const fn room(size: usize) -> usize {
    match size.checked_next_multiple_of(ALIGNMENT) {
        Some(room) => room,
        None => size,
    }
}

fn layout(room: usize) -> Option<Layout> {
    Layout::from_size_align(room, ALIGNMENT).ok()
}
