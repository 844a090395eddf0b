//! Starts the runtime: a Lua state with safe libraries and the modules of `lua/`.

use mlua::{Function, Lua, Result, Table};

use crate::crypto;
use crate::json;
use crate::library;
use crate::operand;
use crate::plain;
use crate::positions;

/// A file of `lua/` as `build.rs` packs it: line for line, without what only people read.
macro_rules! source {
    ($file:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/lua/", $file))
    };
}
pub(crate) use source;

/// The runtime's modules, by the name that `require` knows them by, in the order of their loading.
const MODULES: &[(&str, &str)] = &[
    (".sandbox", source!("sandbox.lua")),
    (".dialect", source!("dialect.lua")),
    (".clock", source!("clock.lua")),
    (".chance", source!("chance.lua")),
    ("json", source!("json.lua")),
    (".base64", source!("base64.lua")),
    (".stringify", source!("stringify.lua")),
    (".pretty", source!("pretty.lua")),
    (".dump", source!("dump.lua")),
    (".console", source!("console.lua")),
    (".trace", source!("trace.lua")),
    (".list", source!("list.lua")),
    (".iterable", source!("iterable.lua")),
    (".utils", source!("utils.lua")),
    (".handlers-utils", source!("handlers-utils.lua")),
    (".handlers", source!("handlers.lua")),
    (".assignment", source!("assignment.lua")),
    (".ao", source!("ao.lua")),
    (".message", source!("message.lua")),
    (".eval", source!("eval.lua")),
    (".boot", source!("boot.lua")),
    (".default", source!("default.lua")),
    (".process", source!("process.lua")),
];

/// Modules that few processes need: compiled and run when `require` first asks for one.
const ON_DEMAND: &[(&str, &str)] = &[
    ("base64", "return require('.base64')"),
    (".bint", source!("bint.lua")),
    (".bint.arithmetic", source!("bint/arithmetic.lua")),
    (".bint.compare", source!("bint/compare.lua")),
    (".bint.convert", source!("bint/convert.lua")),
    (".bint.divide", source!("bint/divide.lua")),
    (".bint.words", source!("bint/words.lua")),
    (".crdt", source!("crdt.lua")),
    (".crdt.counter", source!("crdt/counter.lua")),
    (".crdt.map", source!("crdt/map.lua")),
    (".crdt.register", source!("crdt/register.lua")),
    (".crdt.set", source!("crdt/set.lua")),
    (".crdt.write", source!("crdt/write.lua")),
];

/// Starts a runtime in a fresh state; answers its entry point, `(start, length, environment or nil) -> (ok, text)`, as [`Machine`](crate::Machine) calls it.
pub(crate) fn start(lua: &Lua) -> Result<Function> {
    positions::bound(lua)?;
    let native = lua.create_table()?;
    json::register(lua, &native)?;
    crypto::register(lua, &native)?;
    library::register(lua, &native)?;
    operand::register(lua, &native)?;
    plain::register(lua, &native)?;
    let own = own_globals(lua)?;
    register_on_demand(lua, &native, &own)?;
    let modules = preload(lua, &own)?;
    lua.load(source!("entry.lua"))
        .set_name(".entry")
        .set_environment(own.clone())
        .call((native, modules, own))
}

/// The globals of the runtime's own code: those of the process, and before them what `lua/entry.lua` keeps here,
/// so that a process may replace what it likes.
fn own_globals(lua: &Lua) -> Result<Table> {
    let metatable = lua.create_table()?;
    metatable.raw_set("__index", lua.globals())?;
    metatable.raw_set("__newindex", lua.globals())?;
    let own = lua.create_table()?;
    own.set_metatable(Some(metatable))?;
    Ok(own)
}

/// The modules as `{ {name, function} … }`: compiled, not yet run.
fn preload(lua: &Lua, own: &Table) -> Result<Table> {
    let modules = lua.create_table()?;
    for (name, source) in MODULES {
        let module = lua.create_table()?;
        module.raw_push(*name)?;
        module.raw_push(compile(lua, name, source, own)?)?;
        modules.raw_push(module)?;
    }
    Ok(modules)
}

/// Adds to `native` the list `on_demand` of names, and `compile(name) -> function | nil` for them.
fn register_on_demand(lua: &Lua, native: &Table, own: &Table) -> Result<()> {
    let names = ON_DEMAND
        .iter()
        .chain(crypto::MODULES)
        .map(|(name, _)| *name);
    native.raw_set("on_demand", lua.create_sequence_from(names)?)?;
    let own = own.clone();
    let compile = lua.create_function(move |lua, name: String| {
        let module = ON_DEMAND
            .iter()
            .chain(crypto::MODULES)
            .find(|(known, _)| *known == name);
        // A failure means that memory ran out: `lua/entry.lua` says so, in Lua's own words.
        Ok(module.and_then(|(name, source)| compile(lua, name, source, &own).ok()))
    })?;
    native.raw_set("compile", compile)
}

fn compile(lua: &Lua, name: &str, source: &str, own: &Table) -> Result<Function> {
    let chunk = lua.load(source).set_name(name);
    chunk.set_environment(own.clone()).into_function()
}
