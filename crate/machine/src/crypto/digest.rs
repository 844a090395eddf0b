//! Digests: MD2, MD4, MD5, SHA-1, SHA-2 and `BLAKE2b`; SHA-3 is in `sponge.rs`.
//!
//! Those of the network part from their standards for a few sizes of text. A process that compares
//! digests with others of its kind must see the same here, so these do too; each says where.

use blake2::Blake2bVarCore;
use blake2::digest::array::Array;
use blake2::digest::block_api::{UpdateCore, VariableOutputCore};
use blake2::digest::block_buffer::LazyBuffer;
use md2::Digest;
use mlua::{Lua, LuaString, Result, Table};

use super::{Answer, add, room};

/// Adds the digests of a whole text, and the steps of those that take a text in parts.
pub(super) fn register(lua: &Lua, crypto: &Table) -> Result<()> {
    add_whole::<md2::Md2>(lua, crypto, "md2")?;
    add_whole::<md4::Md4>(lua, crypto, "md4")?;
    add_whole::<md5::Md5>(lua, crypto, "md5")?;
    add(lua, crypto, "sha2_512", |data: LuaString| {
        Ok(sha2_512(&data.as_bytes()))
    })?;
    add(
        lua,
        crypto,
        "blake2b",
        |(data, size, key): (LuaString, i64, LuaString)| {
            blake2b(
                &data.as_bytes(),
                usize::try_from(size).unwrap_or(0),
                &key.as_bytes(),
            )
        },
    )?;
    add_steps(lua, crypto, "sha1_steps", sha1::block_api::compress)?;
    add_steps(lua, crypto, "sha2_256_steps", sha2::block_api::compress256)
}

fn add_whole<D: Digest + 'static>(lua: &Lua, crypto: &Table, name: &str) -> Result<()> {
    add(lua, crypto, name, |data: LuaString| {
        Ok(D::digest(data.as_bytes()).to_vec())
    })
}

/// Adds `(state, blocks) -> state`: a state of `N` words, and as many whole blocks as there are.
fn add_steps<const N: usize>(
    lua: &Lua,
    crypto: &Table,
    name: &str,
    compress: fn(&mut [u32; N], &[[u8; 64]]),
) -> Result<()> {
    add(
        lua,
        crypto,
        name,
        move |(state, blocks): (LuaString, LuaString)| {
            let mut words = [0; N];
            for (word, bytes) in words.iter_mut().zip(state.as_bytes().as_chunks().0) {
                *word = u32::from_be_bytes(*bytes);
            }
            compress(&mut words, blocks.as_bytes().as_chunks().0);
            Ok(words.iter().flat_map(|word| word.to_be_bytes()).collect())
        },
    )
}

/// SHA-512 (FIPS 180-4), with eight bytes for the size where the standard has sixteen: another answer
/// than the standard's where 112 to 118 bytes are in the last block.
fn sha2_512(data: &[u8]) -> Vec<u8> {
    let mut words = [
        0x6A09_E667_F3BC_C908,
        0xBB67_AE85_84CA_A73B,
        0x3C6E_F372_FE94_F82B,
        0xA54F_F53A_5F1D_36F1,
        0x510E_527F_ADE6_82D1,
        0x9B05_688C_2B3E_6C1F,
        0x1F83_D9AB_FB41_BD6B,
        0x5BE0_CD19_137E_2179,
    ];
    let (blocks, rest) = data.as_chunks();
    sha2::block_api::compress512(&mut words, blocks);
    let mut end = [0; 256];
    end[..rest.len()].copy_from_slice(rest);
    end[rest.len()] = 0x80;
    let n_bytes = if rest.len() < 119 { 128 } else { 256 };
    end[n_bytes - 8..n_bytes].copy_from_slice(&(data.len() as u64 * 8).to_be_bytes());
    sha2::block_api::compress512(&mut words, end[..n_bytes].as_chunks().0);
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// `BLAKE2b` (RFC 7693) of any size up to 64 bytes, with a key or without; another answer than the
/// standard's where blocks of 128 bytes hold the text, or a key without text, to the last byte.
fn blake2b(data: &[u8], size: usize, key: &[u8]) -> Answer {
    if !(1..=64).contains(&size) || key.len() > 64 {
        return Err("illegal parameters");
    }
    let mut core = Blake2bVarCore::new_with_params(&[], &[], key.len(), size);
    if !key.is_empty() {
        // A key is a block of its own, before the data.
        let mut block = [0; 128];
        block[..key.len()].copy_from_slice(key);
        core.update_blocks(&[block.into()]);
    }
    // The standard keeps the last block for the end, be it whole; here a whole one is never the last.
    let (blocks, rest) = data.as_chunks::<128>();
    core.update_blocks(Array::cast_slice_from_core(blocks));
    let mut buffer = LazyBuffer::new(rest);
    let mut whole = Array::default();
    core.finalize_variable_core(&mut buffer, &mut whole);
    let mut digest = room(size)?;
    digest.extend_from_slice(&whole[..size]);
    Ok(digest)
}
