//! Starts the runtime: a Lua state with safe libraries and the modules of `lua/`.

use mlua::{Function, Lua, Result, Table};

use crate::json;

/// The runtime's modules, by the name that `require` knows them by, in the order of their loading.
const MODULES: &[(&str, &str)] = &[
    (".sandbox", include_str!("../lua/sandbox.lua")),
    (".dialect", include_str!("../lua/dialect.lua")),
    (".clock", include_str!("../lua/clock.lua")),
    (".chance", include_str!("../lua/chance.lua")),
    ("json", include_str!("../lua/json.lua")),
    (".stringify", include_str!("../lua/stringify.lua")),
    (".dump", include_str!("../lua/dump.lua")),
    (".console", include_str!("../lua/console.lua")),
    (".trace", include_str!("../lua/trace.lua")),
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

/// Starts a runtime in a fresh state; answers its entry point, `(message, environment) -> (ok, text)`.
pub(crate) fn start(lua: &Lua) -> Result<Function> {
    let native = lua.create_table()?;
    json::register(lua, &native)?;
    let modules = preload(lua)?;
    lua.load(include_str!("../lua/entry.lua")).set_name(".entry").call((native, modules))
}

/// The modules as `{ {name, function} … }`: compiled, not yet run.
fn preload(lua: &Lua) -> Result<Table> {
    let modules = lua.create_table()?;
    for (name, source) in MODULES {
        let module = lua.create_table()?;
        module.raw_push(*name)?;
        module.raw_push(lua.load(*source).set_name(*name).into_function()?)?;
        modules.raw_push(module)?;
    }
    Ok(modules)
}
