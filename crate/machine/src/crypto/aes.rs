//! AES (FIPS 197) in five modes (NIST SP 800-38A), over whole blocks.

use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256, Block};
use mlua::{Lua, LuaString, Result, Table};

use super::{Answer, add, room};

/// Adds `aes_encrypt` and `aes_decrypt`, `(mode, key, input) -> output`.
///
/// The input is the initial vector and the data after it, filled with zeros to whole blocks: the first
/// block is the vector (but ECB has none). So a vector of another size than a block moves the data,
/// as processes of the network see it.
pub(super) fn register(lua: &Lua, crypto: &Table) -> Result<()> {
    add(
        lua,
        crypto,
        "aes_encrypt",
        |(mode, key, input): (LuaString, LuaString, LuaString)| {
            run(&mode.as_bytes(), true, &key.as_bytes(), &input.as_bytes())
        },
    )?;
    add(
        lua,
        crypto,
        "aes_decrypt",
        |(mode, key, input): (LuaString, LuaString, LuaString)| {
            run(&mode.as_bytes(), false, &key.as_bytes(), &input.as_bytes())
        },
    )
}

fn run(mode: &[u8], encrypts: bool, key: &[u8], input: &[u8]) -> Answer {
    match key.len() {
        16 => blocks(
            &Aes128::new_from_slice(key).map_err(|_| KEY)?,
            mode,
            encrypts,
            input,
        ),
        24 => blocks(
            &Aes192::new_from_slice(key).map_err(|_| KEY)?,
            mode,
            encrypts,
            input,
        ),
        32 => blocks(
            &Aes256::new_from_slice(key).map_err(|_| KEY)?,
            mode,
            encrypts,
            input,
        ),
        _ => Err(KEY),
    }
}

const KEY: &str = "the key is shorter than the cipher's";

fn blocks<C>(cipher: &C, mode: &[u8], encrypts: bool, input: &[u8]) -> Answer
where
    C: BlockCipherEncrypt<BlockSize = aes::cipher::consts::U16>
        + BlockCipherDecrypt<BlockSize = aes::cipher::consts::U16>,
{
    let mut output = room(input.len() + 16)?;
    let mut input = input.chunks(16).map(|chunk| {
        let mut block = [0; 16];
        block[..chunk.len()].copy_from_slice(chunk);
        block
    });
    let forward = |block: [u8; 16]| {
        let mut block = Block::from(block);
        cipher.encrypt_block(&mut block);
        <[u8; 16]>::from(block)
    };
    let backward = |block: [u8; 16]| {
        let mut block = Block::from(block);
        cipher.decrypt_block(&mut block);
        <[u8; 16]>::from(block)
    };
    let ecb = mode == b"ECB";
    let Some(mut chain) = (if ecb { Some([0; 16]) } else { input.next() }) else {
        return Ok(output);
    };
    for block in input {
        let answer = match (mode, encrypts) {
            (b"ECB", true) => forward(block),
            (b"ECB", false) => backward(block),
            (b"CFB", _) => {
                let answer = xor(forward(chain), block);
                chain = if encrypts { answer } else { block };
                answer
            }
            (b"OFB", _) => {
                chain = forward(chain);
                xor(chain, block)
            }
            (b"CTR", _) => {
                let answer = xor(forward(chain), block);
                chain = next_count(chain);
                answer
            }
            (_, true) => {
                chain = forward(xor(chain, block));
                chain
            }
            (_, false) => {
                let answer = xor(chain, backward(block));
                chain = block;
                answer
            }
        };
        output.extend_from_slice(&answer);
    }
    Ok(output)
}

/// The counter is the block's second half; the first stays, as processes of the network see it.
fn next_count(block: [u8; 16]) -> [u8; 16] {
    let block = u128::from_be_bytes(block);
    let count = (block as u64).wrapping_add(1);
    (block >> 64 << 64 | u128::from(count)).to_be_bytes()
}

fn xor(a: [u8; 16], b: [u8; 16]) -> [u8; 16] {
    (u128::from_ne_bytes(a) ^ u128::from_ne_bytes(b)).to_ne_bytes()
}
