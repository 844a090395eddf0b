//! `secp256k1.wasm`: the keys that made Ethereum's signatures. The unit does without it until a page hands it such
//! a signature, so that every other page is spared its code.
//!
//! A host writes the hash's 32 bytes and the signature's 65 where [`bytes`] says, and calls [`recover`].
#![cfg(target_family = "wasm")]
#![allow(
    unsafe_code,
    reason = "the names of exports are unsafe: nothing else may have them"
)]

use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

use ao_data_item::ethereum;

const HASH: usize = 32;
const SIGNATURE: usize = 65;

/// What goes in and out. The host writes here at any time, for the compiler too.
static BYTES: [AtomicU8; HASH + SIGNATURE] = [const { AtomicU8::new(0) }; HASH + SIGNATURE];

/// Where a host writes the hash and, behind it, the signature.
#[unsafe(no_mangle)]
extern "C" fn bytes() -> *const AtomicU8 {
    BYTES.as_ptr()
}

/// Puts the key that made the signature, 65 bytes, in the place of the hash and the signature, and answers 1; or
/// answers 0 if no key did.
#[unsafe(no_mangle)]
extern "C" fn recover() -> u32 {
    let hash = std::array::from_fn(|at| BYTES[at].load(Relaxed));
    let signature = std::array::from_fn(|at| BYTES[HASH + at].load(Relaxed));
    let Some(key) = ethereum::recover(&hash, &signature) else {
        return 0;
    };
    for (place, byte) in BYTES.iter().zip(key) {
        place.store(byte, Relaxed);
    }
    1
}
