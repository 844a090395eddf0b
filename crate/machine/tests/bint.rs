//! `.bint` against Rust's own integers, and against itself where Rust has none so wide.

mod process;

use process::Process;

/// Xorshift: the same numbers in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Integers of all lengths, with long runs of zeros and ones among them: there division goes wrong.
    fn integer(&mut self) -> i128 {
        let wide = (u128::from(self.next()) << 64 | u128::from(self.next())).cast_signed();
        let shift = self.next() % 128;
        match self.next() % 4 {
            0 => wide >> shift,
            1 => !(wide >> shift),
            2 => (1_i128 << shift).wrapping_sub(1),
            _ => i128::MIN >> shift,
        }
    }
}

/// What Rust says of two integers, one result a line.
fn expected(a: i128, b: i128) -> String {
    let (unsigned_a, unsigned_b) = (a.cast_unsigned(), b.cast_unsigned());
    let (mut quotient, mut rest) = (a.wrapping_div(b), a.wrapping_rem(b));
    if rest != 0 && (rest < 0) != (b < 0) {
        (quotient, rest) = (quotient.wrapping_sub(1), rest.wrapping_add(b));
    }
    let lines = [
        a.wrapping_add(b).to_string(),
        a.wrapping_sub(b).to_string(),
        a.wrapping_mul(b).to_string(),
        quotient.to_string(),
        rest.to_string(),
        (unsigned_a / unsigned_b).cast_signed().to_string(),
        (unsigned_a % unsigned_b).cast_signed().to_string(),
        (a & b).to_string(),
        (a | b).to_string(),
        (a ^ b).to_string(),
        (a < b).to_string(),
        (unsigned_a < unsigned_b).to_string(),
        format!("{unsigned_a:x}"),
        (a << 37).to_string(),
        (unsigned_a >> 37).cast_signed().to_string(),
    ];
    lines.join(" ")
}

const COMPUTE: &str = r"
function compute(bits, word, x, y)
  local B = require('.bint')(bits, word)
  local a, b = B(x), B(y)
  local t = {
    a + b, a - b, a * b, a // b, a % b, B.udiv(a, b), B.umod(a, b), a & b, a | b, a ~ b, a < b, B.ult(a, b),
    B.tobase(a, 16), a << 37, a >> 37,
  }
  for i, v in ipairs(t) do t[i] = tostring(v) end
  return table.concat(t, ' ')
end";

#[test]
fn arithmetic_on_128_bits_is_that_of_rust() {
    let process = Process::boot(COMPUTE);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for round in 0..1500 {
        let (a, b) = (random.integer(), random.integer());
        if b == 0 {
            continue;
        }
        let word = [8, 16, 32][round % 3];
        let ours = process.output(&format!("return compute(128, {word}, '{a}', '{b}')"));
        assert_eq!(ours, expected(a, b), "{a} and {b} in words of {word} bits");
    }
}

#[test]
fn division_and_multiplication_undo_each_other_on_512_bits() {
    let process = Process::boot(
        "function check(x, y, z)
           local B = require('.bint')(512)
           local a, b = B(x) * B(y), B(y)
           local r = B.umod(B(z), B.abs(b))
           a = B.abs(a) + r
           local q, rest = B.udivmod(a, B.abs(b))
           return q * B.abs(b) + rest == a and rest == r and B.fromstring(tostring(-a)) == -a
             and B.fromle(B.tole(a)) == a and B.frombase(B.tobase(a, 7), 7) == a
         end",
    );
    let mut random = Random(42);
    for _ in 0..300 {
        let (a, b, c) = (random.integer(), random.integer() | 1, random.integer());
        assert_eq!(
            process.output(&format!("return check('{a}', '{b}', '{c}')")),
            "true",
            "{a} {b} {c}"
        );
    }
}
