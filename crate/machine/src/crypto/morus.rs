//! MORUS-1280, authenticated encryption (Hongjun Wu and Tao Huang, CAESAR submission, version 2).

use mlua::{Lua, LuaString, Result, Table};

use super::{Answer, add, append, room, same, words};

/// Adds `morus_encrypt(key, iv, message, data)` and `morus_decrypt(key, iv, text, data_size)`, where a
/// text is data, ciphertext and tag; and `morus_update(state and block) -> state`.
pub(super) fn register(lua: &Lua, crypto: &Table) -> Result<()> {
    type Four = (LuaString, LuaString, LuaString, LuaString);
    add(
        lua,
        crypto,
        "morus_encrypt",
        |(key, iv, message, data): Four| {
            encrypt(
                &key.as_bytes(),
                &iv.as_bytes(),
                &message.as_bytes(),
                &data.as_bytes(),
            )
        },
    )?;
    add(
        lua,
        crypto,
        "morus_decrypt",
        |(key, iv, text, data_size): (LuaString, LuaString, LuaString, i64)| {
            let data_size = usize::try_from(data_size).map_err(|_| REFUSED)?;
            decrypt(&key.as_bytes(), &iv.as_bytes(), &text.as_bytes(), data_size)
        },
    )?;
    add(lua, crypto, "morus_update", |words_of_both: LuaString| {
        let words: [u64; 24] = words(&words_of_both.as_bytes());
        let mut state = State([[0; 4]; 5]);
        for (row, part) in state.0.iter_mut().zip(words.as_chunks().0) {
            *row = *part;
        }
        state.update([words[20], words[21], words[22], words[23]]);
        let mut bytes = room(160)?;
        append(&mut bytes, state.0.as_flattened(), 160);
        Ok(bytes)
    })
}

const BLOCK: usize = 32;
const TAG: usize = 16;
const REFUSED: &str = "decrypt error";

fn encrypt(key: &[u8], iv: &[u8], message: &[u8], data: &[u8]) -> Answer {
    let mut state = State::new(key, iv)?;
    state.absorb(data);
    let mut text = room(data.len() + message.len() + TAG)?;
    text.extend_from_slice(data);
    for chunk in message.chunks(BLOCK) {
        let plain = words(chunk);
        append(&mut text, &xor(plain, state.key_stream()), chunk.len());
        state.update(plain);
    }
    let tag = state.finish(data.len(), message.len());
    append(&mut text, &tag, TAG);
    Ok(text)
}

fn decrypt(key: &[u8], iv: &[u8], text: &[u8], data_size: usize) -> Answer {
    let mut state = State::new(key, iv)?;
    let (data, text) = text.split_at_checked(data_size).ok_or(REFUSED)?;
    let (text, tag) = text.split_last_chunk::<TAG>().ok_or(REFUSED)?;
    state.absorb(data);
    let mut message = room(text.len())?;
    for chunk in text.chunks(BLOCK) {
        let start = message.len();
        append(
            &mut message,
            &xor(words(chunk), state.key_stream()),
            chunk.len(),
        );
        state.update(words(&message[start..]));
    }
    let mut expected = room(TAG)?;
    append(&mut expected, &state.finish(data.len(), text.len()), TAG);
    if same(&expected, tag) {
        Ok(message)
    } else {
        Err(REFUSED)
    }
}

/// A row of the state, or a block: 256 bits.
type Row = [u64; 4];

struct State([Row; 5]);

/// For each round: the bits that a row's words rotate by, and the words that another row rotates by.
const ROUNDS: [(u32, usize); 5] = [(13, 1), (46, 2), (38, 3), (7, 2), (4, 1)];

/// The Fibonacci numbers modulo 256.
const CONSTANTS: [u8; 32] = [
    0x00, 0x01, 0x01, 0x02, 0x03, 0x05, 0x08, 0x0D, 0x15, 0x22, 0x37, 0x59, 0x90, 0xE9, 0x79, 0x62,
    0xDB, 0x3D, 0x18, 0x55, 0x6D, 0xC2, 0x2F, 0xF1, 0x20, 0x11, 0x31, 0x42, 0x73, 0xB5, 0x28, 0xDD,
];

impl State {
    fn new(key: &[u8], iv: &[u8]) -> std::result::Result<Self, &'static str> {
        let key: Row = match key.len() {
            16 => {
                let [low, high]: [u64; 2] = words(key);
                [low, high, low, high]
            }
            32 => words(key),
            _ => return Err("key must be 16 or 32 bytes"),
        };
        if iv.len() != 16 {
            return Err("iv must be 16 bytes");
        }
        let mut state = Self([words(iv), key, [u64::MAX; 4], [0; 4], words(&CONSTANTS)]);
        for _ in 0..16 {
            state.update([0; 4]);
        }
        state.0[1] = xor(state.0[1], key);
        Ok(state)
    }

    fn update(&mut self, block: Row) {
        for (i, (bits, n_words)) in ROUNDS.into_iter().enumerate() {
            let [one, two, three] = [1, 2, 3].map(|step| (i + step) % 5);
            // The first round takes no part of the block.
            let input = if i == 0 { [0; 4] } else { block };
            let rows = &mut self.0;
            let mixed = [0, 1, 2, 3].map(|w| {
                let word = rows[i][w] ^ (rows[one][w] & rows[two][w]) ^ rows[three][w] ^ input[w];
                word.rotate_left(bits)
            });
            rows[i] = mixed;
            rows[three].rotate_right(n_words);
        }
    }

    fn key_stream(&self) -> Row {
        let [first, mut second, third, fourth, _] = self.0;
        second.rotate_right(3);
        [0, 1, 2, 3].map(|w| first[w] ^ second[w] ^ (third[w] & fourth[w]))
    }

    fn absorb(&mut self, data: &[u8]) {
        for chunk in data.chunks(BLOCK) {
            self.update(words(chunk));
        }
    }

    fn finish(&mut self, data_size: usize, message_size: usize) -> Row {
        self.0[4] = xor(self.0[4], self.0[0]);
        for _ in 0..10 {
            self.update([data_size as u64 * 8, message_size as u64 * 8, 0, 0]);
        }
        self.key_stream()
    }
}

fn xor(a: Row, b: Row) -> Row {
    [0, 1, 2, 3].map(|w| a[w] ^ b[w])
}
