//! SHA-3 (FIPS 202) and the Keccak that it came from.

use mlua::{Lua, LuaString, Result, Table};

use super::{Answer, add, append, room, words};

/// Adds both digests of 32 bytes and both of 64.
pub(super) fn register(lua: &Lua, crypto: &Table) -> Result<()> {
    const SHA3: u8 = 0x06;
    const KECCAK: u8 = 0x01;
    for (name, first, size) in [
        ("sha3_256", SHA3, 32),
        ("sha3_512", SHA3, 64),
        ("keccak256", KECCAK, 32),
        ("keccak512", KECCAK, 64),
    ] {
        add(lua, crypto, name, move |data: LuaString| {
            digest(&data.as_bytes(), first, size)
        })?;
    }
    Ok(())
}

/// The largest block, in bytes: that of a digest of 32.
const MAX_RATE: usize = 136;

/// A digest of `size` bytes of a text that ends in the byte `first`, zeros and a last byte.
///
/// The standard lets these two bytes be one. Those of the network are always two, so the answer is
/// another where the text lacks one byte of whole blocks; it is the same here.
fn digest(data: &[u8], first: u8, size: usize) -> Answer {
    let rate = 200 - 2 * size;
    let mut state = [0; 25];
    let blocks = data.chunks_exact(rate);
    let rest = blocks.remainder();
    for block in blocks {
        absorb(&mut state, block);
    }
    let mut end = [0; 2 * MAX_RATE];
    end[..rest.len()].copy_from_slice(rest);
    end[rest.len()] = first;
    let n_bytes = if rest.len() + 2 <= rate {
        rate
    } else {
        2 * rate
    };
    end[n_bytes - 1] = 0x80;
    for block in end[..n_bytes].chunks_exact(rate) {
        absorb(&mut state, block);
    }
    let mut digest = room(size)?;
    append(&mut digest, &state, size);
    Ok(digest)
}

fn absorb(state: &mut [u64; 25], block: &[u8]) {
    for (word, part) in state.iter_mut().zip(words::<25>(block)) {
        *word ^= part;
    }
    keccak::Keccak::new().with_f1600(|permute| permute(state));
}
