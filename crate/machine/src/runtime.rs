//! Starts the runtime: a Lua state with safe libraries and the modules of `lua/`.

use mlua::{Function, Lua, Result, Table};

use crate::crypto;
use crate::json;
use crate::library;
use crate::operand;

/// The runtime's modules, by the name that `require` knows them by, in the order of their loading.
const MODULES: &[(&str, &str)] = &[
    (".sandbox", include_str!("../lua/sandbox.lua")),
    (".dialect", include_str!("../lua/dialect.lua")),
    (".clock", include_str!("../lua/clock.lua")),
    (".chance", include_str!("../lua/chance.lua")),
    ("json", include_str!("../lua/json.lua")),
    (".base64", include_str!("../lua/base64.lua")),
    (".stringify", include_str!("../lua/stringify.lua")),
    (".pretty", include_str!("../lua/pretty.lua")),
    (".dump", include_str!("../lua/dump.lua")),
    (".console", include_str!("../lua/console.lua")),
    (".trace", include_str!("../lua/trace.lua")),
    (".list", include_str!("../lua/list.lua")),
    (".utils", include_str!("../lua/utils.lua")),
    (".handlers-utils", include_str!("../lua/handlers-utils.lua")),
    (".handlers", include_str!("../lua/handlers.lua")),
    (".assignment", include_str!("../lua/assignment.lua")),
    (".ao", include_str!("../lua/ao.lua")),
    (".message", include_str!("../lua/message.lua")),
    (".eval", include_str!("../lua/eval.lua")),
    (".boot", include_str!("../lua/boot.lua")),
    (".default", include_str!("../lua/default.lua")),
    (".process", include_str!("../lua/process.lua")),
];

/// Modules that few processes need: compiled and run when `require` first asks for one.
const ON_DEMAND: &[(&str, &str)] = &[
    ("base64", "return require('.base64')"),
    (".bint", include_str!("../lua/bint.lua")),
    (
        ".bint.arithmetic",
        include_str!("../lua/bint/arithmetic.lua"),
    ),
    (".bint.compare", include_str!("../lua/bint/compare.lua")),
    (".bint.convert", include_str!("../lua/bint/convert.lua")),
    (".bint.divide", include_str!("../lua/bint/divide.lua")),
    (".bint.words", include_str!("../lua/bint/words.lua")),
    (".crdt", include_str!("../lua/crdt.lua")),
    (".crdt.counter", include_str!("../lua/crdt/counter.lua")),
    (".crdt.map", include_str!("../lua/crdt/map.lua")),
    (".crdt.register", include_str!("../lua/crdt/register.lua")),
    (".crdt.set", include_str!("../lua/crdt/set.lua")),
    (".crdt.write", include_str!("../lua/crdt/write.lua")),
];

/// Starts a runtime in a fresh state; answers its entry point, `(message, environment) -> (ok, text)`.
pub(crate) fn start(lua: &Lua) -> Result<Function> {
    let native = lua.create_table()?;
    json::register(lua, &native)?;
    crypto::register(lua, &native)?;
    library::register(lua, &native)?;
    operand::register(lua, &native)?;
    let own = own_globals(lua)?;
    register_on_demand(lua, &native, &own)?;
    let modules = preload(lua, &own)?;
    lua.load(include_str!("../lua/entry.lua"))
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
