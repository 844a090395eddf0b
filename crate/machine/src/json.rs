//! JSON as processes know it: the dialect of aos, where it differs from the standard.
//!
//! Failures are returned as text, not raised: `lua/json.lua` raises them, so that a process sees a
//! string with a position, as with any error of Lua.

mod decode;
mod encode;
mod number;

use mlua::{Lua, LuaString, MultiValue, Result, Table, Value};

/// Adds `decode(text) -> value | nil, reason` and `encode(value) -> text | nil, reason` to `native`.
pub(crate) fn register(lua: &Lua, native: &Table) -> Result<()> {
    let tonumber = lua.globals().get("tonumber")?;
    let decode = move |lua: &Lua, text: LuaString| {
        let answer = decode::decode(lua, &text.as_bytes(), &tonumber);
        Ok(answer.map_or_else(|error| refuse(lua, error), |value| both(value, Value::Nil)))
    };
    let encode = |lua: &Lua, value: Value| {
        let answer = encode::encode(&value).and_then(|text| Ok(lua.create_string(text)?));
        Ok(answer.map_or_else(
            |error| refuse(lua, error),
            |text| both(Value::String(text), Value::Nil),
        ))
    };
    native.raw_set("decode", lua.create_function(decode)?)?;
    native.raw_set("encode", lua.create_function(encode)?)
}

/// Why a text or a value is refused: a reason for the process, or a failure of Lua itself.
enum Refusal {
    Reason(String),
    /// Lua fails here for want of memory alone.
    Memory,
}

impl From<mlua::Error> for Refusal {
    fn from(_: mlua::Error) -> Self {
        Self::Memory
    }
}

fn refuse(lua: &Lua, refusal: Refusal) -> MultiValue {
    let reason = match refusal {
        Refusal::Reason(reason) => reason,
        Refusal::Memory => "not enough memory".to_owned(),
    };
    // With no memory for the reason, none is given: `lua/json.lua` says what it can.
    both(
        Value::Nil,
        lua.create_string(reason).map_or(Value::Nil, Value::String),
    )
}

fn both(first: Value, second: Value) -> MultiValue {
    MultiValue::from_vec(vec![first, second])
}
