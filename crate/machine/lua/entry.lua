-- The machine's entry: loads the runtime's modules, and answers the function that the host calls.

local native, modules, own = ...

type = native.type

local package_table = { loaded = { _G = _G }, preload = {}, config = "/\n;\n?\n!\n-\n", cpath = "" }
package_table.path = "./?.lua"
package = package_table

for _, name in ipairs({ "coroutine", "table", "string", "utf8", "math" }) do
  package_table.loaded[name] = _G[name]
end
package_table.loaded.package = package_table

local function not_found(name)
  return ("module '%s' not found:\n\tno field package.preload['%s']"):format(name, name)
end

--- Answers the module `name`: loaded before, or by `package.preload` now.
require = native.as_c(function(...)
  local name = ...
  if type(name) == "number" then
    name = tostring(name)
  elseif type(name) ~= "string" then
    local given = select("#", ...) == 0 and "no value" or type(name)
    error("bad argument #1 to 'require' (string expected, got " .. given .. ")", 3)
  end
  local loaded = package_table.loaded
  if loaded[name] then
    return loaded[name]
  end
  local loader = package_table.preload[name]
  if loader == nil then
    error(not_found(name), 3)
  end
  local value = loader(name, ":preload:")
  if value ~= nil then
    loaded[name] = value
  elseif loaded[name] == nil then
    loaded[name] = true
  end
  return loaded[name]
end)

for _, module in ipairs(modules) do
  local name, load_module = module[1], module[2]
  local value = load_module(name, native)
  package_table.loaded[name] = value == nil and true or value
end

-- What the runtime itself uses stays what it is, whatever the process makes of its globals.
for _, name in ipairs({
  "_G", "assert", "collectgarbage", "coroutine", "debug", "error", "getmetatable", "ipairs", "load", "math", "next",
  "os", "package", "pairs", "pcall", "rawequal", "rawget", "rawlen", "rawset", "require", "select", "setmetatable",
  "string", "table", "tonumber", "tostring", "type", "utf8", "xpcall",
}) do
  rawset(own, name, _G[name])
end

-- What few processes need is compiled and run by the first `require`.
for _, name in ipairs(native.on_demand) do
  package_table.preload[name] = function()
    local load_module = native.compile(name) or error("not enough memory", 0)
    return load_module(name, native)
  end
end

local copy, decode, encode = native.copy, native.decode, native.encode
local read_message = native.read
local loaded, pcall, tostring = package_table.loaded, pcall, tostring

-- Most messages have the environment of the one before: it is decoded once. Each gets a copy, which is its own.
local known

local function decoded(environment)
  if environment ~= nil then
    local env, refused = decode(environment)
    if refused then
      return nil, refused
    end
    known = env
  end
  return copy(known)
end

-- The outcome as JSON, or nil and why not.
local function evaluate(start, length, environment)
  local msg, refused = read_message(start, length)
  if refused then
    return nil, refused
  end
  local env
  env, refused = decoded(environment)
  if refused then
    return nil, refused
  end
  return encode(loaded[".process"].handle(msg, env))
end

--- A message as JSON, `length` bytes from `start` in memory, and its environment as JSON, if it is another than that of
-- the message before; answers true and the outcome as JSON, or false and why not.
return function(start, length, environment)
  local ok, text, reason = pcall(evaluate, start, length, environment)
  if not ok then
    return false, tostring(text)
  elseif not text then
    return false, reason
  end
  return true, text
end
