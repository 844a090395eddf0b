//! ISAAC, random numbers from a seed (Bob Jenkins, 1996), and the cipher over printable characters
//! that aos builds on it.

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{Lua, LuaString, Result, Table};

use super::{add, room};

/// Adds `isaac_seed(text, seeded)`, `isaac_draw() -> number | nil` and `isaac_shift(text, sign)`, over one sequence.
pub(super) fn register(lua: &Lua, crypto: &Table) -> Result<()> {
    let sequence = Rc::new(RefCell::new(Isaac::unseeded()));

    let seeded = Rc::clone(&sequence);
    let seed = lua.create_function(move |_, (text, counts): (LuaString, bool)| {
        seeded.borrow_mut().seed(&text.as_bytes(), counts);
        Ok(())
    })?;
    crypto.raw_set("isaac_seed", seed)?;

    let drawn = Rc::clone(&sequence);
    let draw = lua.create_function(move |_, ()| {
        let mut isaac = drawn.borrow_mut();
        Ok(isaac.is_seeded.then(|| isaac.draw()))
    })?;
    crypto.raw_set("isaac_draw", draw)?;

    add(
        lua,
        crypto,
        "isaac_shift",
        move |(text, sign): (LuaString, i64)| {
            let mut shifted = room(text.as_bytes().len())?;
            let mut isaac = sequence.borrow_mut();
            for byte in &*text.as_bytes() {
                let shift = sign * i64::from(isaac.draw() % PRINTABLE + SPACE);
                let place = i64::from(*byte) - i64::from(SPACE) + shift;
                shifted.push(place.rem_euclid(i64::from(PRINTABLE)) as u8 + SPACE as u8);
            }
            Ok(shifted)
        },
    )
}

/// The printable characters of ASCII: how many, and the first.
const PRINTABLE: u32 = 95;
const SPACE: u32 = 32;

const SIZE: usize = 256;

struct Isaac {
    memory: [u32; SIZE],
    results: [u32; SIZE],
    n_used: usize,
    a: u32,
    b: u32,
    c: u32,
    is_seeded: bool,
}

impl Isaac {
    fn unseeded() -> Self {
        Self {
            memory: [0; SIZE],
            results: [0; SIZE],
            n_used: 0,
            a: 0,
            b: 0,
            c: 0,
            is_seeded: false,
        }
    }

    /// Starts anew from the first 256 bytes of `text`; where they do not count, always in the same way.
    fn seed(&mut self, text: &[u8], counts: bool) {
        *self = Self {
            is_seeded: true,
            ..Self::unseeded()
        };
        let mut seed = [0; SIZE];
        if counts {
            for (word, byte) in seed.iter_mut().zip(text) {
                *word = u32::from(*byte);
            }
        }
        let mut mixed = [GOLDEN_RATIO; 8];
        for _ in 0..4 {
            mix(&mut mixed);
        }
        self.fill(&mut mixed, &seed);
        if counts {
            // Once more, so that every word of the seed reaches every word of the memory.
            let first = self.memory;
            self.fill(&mut mixed, &first);
        }
        self.generate();
    }

    fn fill(&mut self, mixed: &mut [u32; 8], seed: &[u32; SIZE]) {
        for place in (0..SIZE).step_by(8) {
            for (word, part) in mixed.iter_mut().zip(&seed[place..]) {
                *word = word.wrapping_add(*part);
            }
            mix(mixed);
            self.memory[place..place + 8].copy_from_slice(mixed);
        }
    }

    fn draw(&mut self) -> u32 {
        if self.n_used == SIZE {
            self.generate();
        }
        self.n_used += 1;
        self.results[self.n_used - 1]
    }

    fn generate(&mut self) {
        self.c = self.c.wrapping_add(1);
        self.b = self.b.wrapping_add(self.c);
        for i in 0..SIZE {
            let x = self.memory[i];
            self.a ^= match i % 4 {
                0 => self.a << 13,
                1 => self.a >> 6,
                2 => self.a << 2,
                _ => self.a >> 16,
            };
            self.a = self.a.wrapping_add(self.memory[(i + SIZE / 2) % SIZE]);
            let y = self
                .word_at(x >> 2)
                .wrapping_add(self.a)
                .wrapping_add(self.b);
            self.memory[i] = y;
            self.b = self.word_at(y >> 10).wrapping_add(x);
            self.results[i] = self.b;
        }
        self.n_used = 0;
    }

    fn word_at(&self, address: u32) -> u32 {
        self.memory[address as usize % SIZE]
    }
}

const GOLDEN_RATIO: u32 = 0x9E37_79B9;

/// Shifts of the eight words in turn, to the left where positive.
const SHIFTS: [i32; 8] = [11, -2, 8, -16, 10, -4, 8, -9];

fn mix(words: &mut [u32; 8]) {
    for (i, shift) in SHIFTS.into_iter().enumerate() {
        let next = words[(i + 1) % 8];
        let distance = shift.unsigned_abs();
        words[i] ^= if shift > 0 {
            next << distance
        } else {
            next >> distance
        };
        let word = words[i];
        words[(i + 3) % 8] = words[(i + 3) % 8].wrapping_add(word);
        words[(i + 1) % 8] = next.wrapping_add(words[(i + 2) % 8]);
    }
}
