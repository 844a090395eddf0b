//! NORX64-4-1, authenticated encryption (Aumasson, Jovanovic and Neves, CAESAR submission, version 3.0).

use mlua::{Lua, LuaString, Result, Table};

use super::{Answer, add, append, room, same, words};

/// Adds `norx_encrypt` and `norx_decrypt`, `(key, nonce, text, header, trailer) -> text`.
pub(super) fn register(lua: &Lua, crypto: &Table) -> Result<()> {
    type Five = (LuaString, LuaString, LuaString, LuaString, LuaString);
    add(
        lua,
        crypto,
        "norx_encrypt",
        |(key, nonce, plain, header, trailer): Five| {
            let state = State::new(&key.as_bytes(), &nonce.as_bytes())?;
            state.encrypt(&plain.as_bytes(), &header.as_bytes(), &trailer.as_bytes())
        },
    )?;
    add(
        lua,
        crypto,
        "norx_decrypt",
        |(key, nonce, text, header, trailer): Five| {
            let state = State::new(&key.as_bytes(), &nonce.as_bytes())?;
            state.decrypt(&text.as_bytes(), &header.as_bytes(), &trailer.as_bytes())
        },
    )
}

const RATE: usize = 96;
const TAG: usize = 32;

/// What a part of the input is, for the permutation.
const HEADER: u64 = 0x01;
const PAYLOAD: u64 = 0x02;
const TRAILER: u64 = 0x04;
const FINAL: u64 = 0x08;

struct State {
    words: [u64; 16],
    key: [u64; 4],
}

impl State {
    /// A state from the first 32 bytes of a key and of a nonce.
    fn new(key: &[u8], nonce: &[u8]) -> std::result::Result<Self, &'static str> {
        if key.len() < 32 || nonce.len() < 32 {
            return Err("key and nonce must be 32 bytes");
        }
        let key = words(key);
        // The constants are what two rounds make of the numbers from 0 to 15.
        let mut state = Self {
            words: std::array::from_fn(|i| i as u64),
            key,
        };
        state.round();
        state.round();
        state.words[..4].copy_from_slice(&words::<4>(nonce));
        state.words[4..8].copy_from_slice(&key);
        // Word size, rounds, parallelism, size of the tag.
        for (word, parameter) in state.words[12..].iter_mut().zip([64, 4, 1, 8 * TAG as u64]) {
            *word ^= parameter;
        }
        state.permute();
        state.add_key();
        Ok(state)
    }

    fn encrypt(mut self, plain: &[u8], header: &[u8], trailer: &[u8]) -> Answer {
        let mut text = room(plain.len() + TAG)?;
        self.absorb(header, HEADER);
        for block in blocks(plain) {
            self.enter(PAYLOAD);
            self.mix(&padded(block));
            append(&mut text, &self.words, block.len());
        }
        self.absorb(trailer, TRAILER);
        append(&mut text, &self.finish(), TAG);
        Ok(text)
    }

    fn decrypt(mut self, text: &[u8], header: &[u8], trailer: &[u8]) -> Answer {
        let (text, tag) = text.split_last_chunk::<TAG>().ok_or("assertion failed!")?;
        let mut plain = room(text.len())?;
        self.absorb(header, HEADER);
        for block in blocks(text) {
            self.enter(PAYLOAD);
            let start = plain.len();
            let stream = self.words;
            let crypted: [u64; 12] = words(block);
            let opened: [u64; 12] = std::array::from_fn(|i| crypted[i] ^ stream[i]);
            append(&mut plain, &opened, block.len());
            self.mix(&padded(&plain[start..]));
        }
        self.absorb(trailer, TRAILER);
        let mut expected = room(TAG)?;
        append(&mut expected, &self.finish(), TAG);
        if same(&expected, tag) {
            Ok(plain)
        } else {
            Err("auth failure")
        }
    }

    fn absorb(&mut self, data: &[u8], part: u64) {
        for block in blocks(data) {
            self.enter(part);
            self.mix(&padded(block));
        }
    }

    fn finish(mut self) -> [u64; 4] {
        self.enter(FINAL);
        self.add_key();
        self.permute();
        self.add_key();
        let [.., a, b, c, d] = self.words;
        [a, b, c, d]
    }

    fn enter(&mut self, part: u64) {
        self.words[15] ^= part;
        self.permute();
    }

    fn mix(&mut self, block: &[u8; RATE]) {
        for (word, part) in self.words.iter_mut().zip(words::<12>(block)) {
            *word ^= part;
        }
    }

    fn add_key(&mut self) {
        for (word, part) in self.words[12..].iter_mut().zip(self.key) {
            *word ^= part;
        }
    }

    fn permute(&mut self) {
        for _ in 0..4 {
            self.round();
        }
    }

    /// Columns, then diagonals.
    fn round(&mut self) {
        for i in 0..4 {
            self.quarter([i, i + 4, i + 8, i + 12]);
        }
        for i in 0..4 {
            self.quarter([i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12]);
        }
    }

    fn quarter(&mut self, places: [usize; 4]) {
        let [mut a, mut b, mut c, mut d] = places.map(|place| self.words[place]);
        for (first, second) in [(8, 19), (40, 63)] {
            a = sum(a, b);
            d = (a ^ d).rotate_right(first);
            c = sum(c, d);
            b = (b ^ c).rotate_right(second);
        }
        for (place, word) in places.into_iter().zip([a, b, c, d]) {
            self.words[place] = word;
        }
    }
}

/// An approximation of addition, without carries beyond one bit.
fn sum(a: u64, b: u64) -> u64 {
    (a ^ b) ^ ((a & b) << 1)
}

/// Whole blocks, and a last one that is not whole, be it empty; of nothing, none.
fn blocks(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    let (whole, rest) = data.as_chunks::<RATE>();
    let last = (!data.is_empty()).then_some(rest);
    whole.iter().map(<[u8; RATE]>::as_slice).chain(last)
}

/// A block that is not whole ends in a bit, zeros and a bit.
fn padded(block: &[u8]) -> [u8; RATE] {
    let mut whole = [0; RATE];
    whole[..block.len()].copy_from_slice(block);
    if block.len() < RATE {
        whole[block.len()] ^= 0x01;
        whole[RATE - 1] ^= 0x80;
    }
    whole
}
