//! Lua values to JSON text, by the rules of aos: an empty table is `[]`, a table with `t[1]` an array,
//! fields that hold functions are left out.

use mlua::{Table, Value};

use super::Refusal;
use super::number::{push_float, push_integer};

/// Nesting beyond this is refused: the encoder recurses, and the machine's stack is small.
const MAX_DEPTH: usize = 256;

/// Encodes one value.
pub(super) fn encode(value: &Value) -> Result<Vec<u8>, Refusal> {
    let mut encoder = Encoder {
        out: Vec::with_capacity(256),
        open: Vec::new(),
    };
    encoder.value(value)?;
    Ok(encoder.out)
}

struct Encoder {
    out: Vec<u8>,
    /// The tables that are being written, outermost first.
    open: Vec<*const std::ffi::c_void>,
}

impl Encoder {
    fn value(&mut self, value: &Value) -> Result<(), Refusal> {
        match value {
            Value::Nil => self.out.extend_from_slice(b"null"),
            Value::Boolean(true) => self.out.extend_from_slice(b"true"),
            Value::Boolean(false) => self.out.extend_from_slice(b"false"),
            Value::Integer(integer) => push_integer(&mut self.out, *integer),
            Value::Number(number) if number.is_finite() => push_float(&mut self.out, *number),
            Value::Number(number) => {
                let shown = if number.is_nan() {
                    "nan"
                } else if *number > 0.0 {
                    "inf"
                } else {
                    "-inf"
                };
                return refuse(format!("unexpected number value '{shown}'"));
            }
            Value::String(text) => self.string(&text.as_bytes()),
            Value::Table(table) => return self.table(table),
            other => return refuse(format!("unexpected type '{}'", other.type_name())),
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), Refusal> {
        let identity = table.to_pointer();
        if self.open.contains(&identity) {
            return refuse("circular reference".to_owned());
        }
        if self.open.len() >= MAX_DEPTH {
            return refuse("nested too deeply".to_owned());
        }
        self.open.push(identity);
        let first: Value = table.raw_get(1)?;
        if first.is_nil() && !table.is_empty() {
            self.object(table)?;
        } else {
            self.array(table)?;
        }
        self.open.pop();
        Ok(())
    }

    fn array(&mut self, table: &Table) -> Result<(), Refusal> {
        let mut n_entries = 0;
        let mut only_numbers = true;
        table.for_each(|key: Value, _: Value| {
            only_numbers &= key.is_number() || key.is_integer();
            n_entries += 1;
            Ok(())
        })?;
        if !only_numbers {
            return refuse("invalid table: mixed or invalid key types".to_owned());
        }
        if n_entries != table.raw_len() {
            return refuse("invalid table: sparse array".to_owned());
        }
        self.out.push(b'[');
        for index in 1..=n_entries {
            if index > 1 {
                self.out.push(b',');
            }
            let value: Value = table.raw_get(index)?;
            self.value(&value)?;
        }
        self.out.push(b']');
        Ok(())
    }

    fn object(&mut self, table: &Table) -> Result<(), Refusal> {
        self.out.push(b'{');
        let mut is_first = true;
        // By an iterator: nested calls into Lua would soon come to the end of its C stack.
        for pair in table.pairs::<Value, Value>() {
            let (key, value) = pair?;
            let Value::String(key) = key else {
                return refuse("invalid table: mixed or invalid key types".to_owned());
            };
            if value.is_function() {
                continue;
            }
            if !is_first {
                self.out.push(b',');
            }
            is_first = false;
            self.string(&key.as_bytes());
            self.out.push(b':');
            self.value(&value)?;
        }
        self.out.push(b'}');
        Ok(())
    }

    fn string(&mut self, text: &[u8]) {
        self.out.push(b'"');
        let mut plain = 0;
        for (at, &byte) in text.iter().enumerate() {
            if byte >= 32 && byte != b'"' && byte != b'\\' {
                continue;
            }
            self.out.extend_from_slice(&text[plain..at]);
            plain = at + 1;
            match byte {
                b'"' | b'\\' => self.out.extend_from_slice(&[b'\\', byte]),
                8 => self.out.extend_from_slice(b"\\b"),
                12 => self.out.extend_from_slice(b"\\f"),
                b'\n' => self.out.extend_from_slice(b"\\n"),
                b'\r' => self.out.extend_from_slice(b"\\r"),
                b'\t' => self.out.extend_from_slice(b"\\t"),
                _ => self
                    .out
                    .extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            }
        }
        self.out.extend_from_slice(&text[plain..]);
        self.out.push(b'"');
    }
}

fn refuse(reason: String) -> Result<(), Refusal> {
    Err(Refusal::Reason(reason))
}
