//! `.crypto` as processes know it: digests, ciphers, keys from passwords, random numbers.
//!
//! The arithmetic is here, over byte strings; what a process calls is in `lua/crypto/`. Failures are
//! returned as text and raised there, so that a process sees a string, as with any error of Lua.

mod aes;
mod digest;
mod isaac;
mod kdf;
mod morus;
mod norx;
mod sponge;

use mlua::{FromLuaMulti, Lua, LuaString, MultiValue, Result, Table, Value};

use crate::runtime::source;

/// The modules of `.crypto`, by the name that `require` knows them by.
pub(crate) const MODULES: &[(&str, &str)] = &[
    (".crypto", source!("crypto/init.lua")),
    (".crypto.init", source!("crypto/init.lua")),
    (".crypto.bytes", source!("crypto/bytes.lua")),
    (".crypto.cipher.aes", source!("crypto/aes.lua")),
    (".crypto.cipher.init", source!("crypto/cipher.lua")),
    (".crypto.cipher.issac", source!("crypto/issac.lua")),
    (".crypto.cipher.morus", source!("crypto/morus.lua")),
    (".crypto.cipher.norx", source!("crypto/norx.lua")),
    (".crypto.digest.blake2b", source!("crypto/member.lua")),
    (".crypto.digest.init", source!("crypto/digest.lua")),
    (".crypto.digest.md2", source!("crypto/member.lua")),
    (".crypto.digest.md4", source!("crypto/member.lua")),
    (".crypto.digest.md5", source!("crypto/member.lua")),
    (".crypto.digest.sha1", source!("crypto/sha1.lua")),
    (".crypto.digest.sha2_256", source!("crypto/sha2_256.lua")),
    (".crypto.digest.sha2_512", source!("crypto/member.lua")),
    (".crypto.digest.sha3", source!("crypto/sha3.lua")),
    (".crypto.digest.stream", source!("crypto/stream-digest.lua")),
    (".crypto.kdf.init", source!("crypto/kdf.lua")),
    (".crypto.kdf.pbkdf2", source!("crypto/pbkdf2.lua")),
    (".crypto.mac.hmac", source!("crypto/hmac.lua")),
    (".crypto.mac.init", source!("crypto/mac.lua")),
    (".crypto.util.array", source!("crypto/array.lua")),
    (".crypto.util.bit", "return bit32"),
    (".crypto.util.hex", source!("crypto/hex.lua")),
    (".crypto.util.init", source!("crypto/util.lua")),
    (".crypto.util.queue", source!("crypto/queue.lua")),
    (".crypto.util.stream", source!("crypto/stream.lua")),
];

/// Adds `crypto` to `native`: functions of byte strings, each answering bytes or nil and a reason.
pub(crate) fn register(lua: &Lua, native: &Table) -> Result<()> {
    let crypto = lua.create_table()?;
    digest::register(lua, &crypto)?;
    sponge::register(lua, &crypto)?;
    aes::register(lua, &crypto)?;
    isaac::register(lua, &crypto)?;
    morus::register(lua, &crypto)?;
    norx::register(lua, &crypto)?;
    kdf::register(lua, &crypto)?;
    add(lua, &crypto, "hex", |bytes: LuaString| {
        hex(&bytes.as_bytes())
    })?;
    native.raw_set("crypto", crypto)
}

/// Bytes, or why there are none.
type Answer = std::result::Result<Vec<u8>, &'static str>;

const NO_MEMORY: &str = "not enough memory";

/// Adds `name` to `crypto`. The Lua side has checked the types of what it passes.
fn add<A: FromLuaMulti>(
    lua: &Lua,
    crypto: &Table,
    name: &str,
    compute: impl Fn(A) -> Answer + 'static,
) -> Result<()> {
    let function = lua.create_function(move |lua, arguments: A| {
        let text = |bytes: &[u8]| lua.create_string(bytes).map_or(Value::Nil, Value::String);
        let (bytes, reason) = match compute(arguments) {
            Ok(bytes) => (text(&bytes), Value::Nil),
            Err(reason) => (Value::Nil, text(reason.as_bytes())),
        };
        Ok(MultiValue::from_vec(vec![bytes, reason]))
    })?;
    crypto.raw_set(name, function)
}

/// An empty buffer with room for `n_bytes`, where there is memory for it.
fn room(n_bytes: usize) -> Answer {
    let mut buffer = Vec::new();
    buffer.try_reserve_exact(n_bytes).map_err(|_| NO_MEMORY)?;
    Ok(buffer)
}

/// Two lower-case digits for each byte.
fn hex(bytes: &[u8]) -> Answer {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut digits = room(2 * bytes.len())?;
    for byte in bytes {
        digits.push(DIGITS[usize::from(byte >> 4)]);
        digits.push(DIGITS[usize::from(byte & 15)]);
    }
    Ok(digits)
}

/// A cipher's words, little-endian: as many as `N`, zeros where `bytes` end.
fn words<const N: usize>(bytes: &[u8]) -> [u64; N] {
    let mut words = [0; N];
    for (word, chunk) in words.iter_mut().zip(bytes.chunks(8)) {
        let mut whole = [0; 8];
        whole[..chunk.len()].copy_from_slice(chunk);
        *word = u64::from_le_bytes(whole);
    }
    words
}

/// The first `n_bytes` of `words`, little-endian, after `buffer`.
fn append(buffer: &mut Vec<u8>, words: &[u64], n_bytes: usize) {
    buffer.extend(
        words
            .iter()
            .flat_map(|word| word.to_le_bytes())
            .take(n_bytes),
    );
}

/// Whether two tags are the same, in a time that does not tell where they differ.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}
