//! C's allocator, on Rust's: one heap for Lua, its libraries and ours.

#![allow(unsafe_code, reason = "an allocator deals in raw memory")]
#![allow(
    clippy::cast_ptr_alignment,
    reason = "a block begins with its header, and is aligned for it"
)]

use std::alloc::{Layout, alloc, dealloc, realloc as grow};
use std::ptr;

/// Before each block lies its size, in a space that keeps the block aligned as C promises.
const HEADER: usize = 16;

fn layout(size: usize) -> Option<Layout> {
    Layout::from_size_align(size.checked_add(HEADER)?, HEADER).ok()
}

unsafe fn finish(block: *mut u8, size: usize) -> *mut u8 {
    if block.is_null() {
        return block;
    }
    unsafe {
        block.cast::<usize>().write(size);
        block.add(HEADER)
    }
}

unsafe fn size_of(memory: *mut u8) -> usize {
    unsafe { memory.sub(HEADER).cast::<usize>().read() }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn malloc(size: usize) -> *mut u8 {
    layout(size).map_or(ptr::null_mut(), |layout| unsafe {
        finish(alloc(layout), size)
    })
}

#[unsafe(no_mangle)]
unsafe extern "C" fn free(memory: *mut u8) {
    if memory.is_null() {
        return;
    }
    unsafe {
        if let Some(layout) = layout(size_of(memory)) {
            dealloc(memory.sub(HEADER), layout);
        }
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn realloc(memory: *mut u8, size: usize) -> *mut u8 {
    unsafe {
        if memory.is_null() {
            return malloc(size);
        }
        match (layout(size_of(memory)), layout(size)) {
            (Some(old), Some(new)) => finish(grow(memory.sub(HEADER), old, new.size()), size),
            _ => ptr::null_mut(),
        }
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn calloc(count: usize, size: usize) -> *mut u8 {
    let Some(total) = count.checked_mul(size) else {
        return ptr::null_mut();
    };
    unsafe {
        let memory = malloc(total);
        if !memory.is_null() {
            memory.write_bytes(0, total);
        }
        memory
    }
}

/// The names under which emscripten's C library calls it.
#[unsafe(no_mangle)]
unsafe extern "C" fn __libc_malloc(size: usize) -> *mut u8 {
    unsafe { malloc(size) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn emscripten_builtin_malloc(size: usize) -> *mut u8 {
    unsafe { malloc(size) }
}
