-- Matching of messages, and functions over tables.

local is_array = require(".list")

local utils = { _version = "0.0.5" }

local MAGIC = "[%^%$%(%)%%%.%[%]%*%+%?]"

--- Whether `value` satisfies one pattern: "_" for any, a function, text, a Lua pattern, a list of these.
-- Text is compared without regard to case.
function utils.matchesPattern(pattern, value, msg)
  if not pattern then
    return false
  elseif pattern == "_" then
    return true
  elseif type(pattern) == "function" then
    return not not pattern(value, msg)
  elseif type(pattern) == "string" then
    if pattern:match(MAGIC) then
      return string.match(string.lower(value or ""), string.lower(pattern)) ~= nil
    end
    return string.lower(value or "") == string.lower(pattern)
  elseif type(pattern) == "table" then
    for _, alternative in pairs(pattern) do
      if utils.matchesPattern(alternative, value, msg) then
        return true
      end
    end
  end
  return false
end

local function matches_field(msg, key, pattern)
  local value = msg[key]
  local tag = msg.Tags and msg.Tags[key]
  if not value and not tag then
    return false
  end
  return utils.matchesPattern(pattern, value, msg) or utils.matchesPattern(pattern, tag, msg)
end

--- Whether `msg` satisfies a specification: a function, the name of an action, or a table of patterns.
-- A function's own answer is returned as it is.
function utils.matchesSpec(msg, spec)
  local kind = type(spec)
  if kind == "function" then
    return spec(msg)
  elseif kind == "table" then
    for key, pattern in pairs(spec) do
      if not matches_field(msg, key, pattern) then
        return false
      end
    end
    return true
  elseif kind == "string" then
    return msg.Action == spec
  end
  return false
end

--- Text with its first letter as a capital and the others small; other values as they are.
function utils.capitalize(text)
  if type(text) ~= "string" then
    return text
  end
  return text:sub(1, 1):upper() .. text:sub(2):lower()
end

-- Most messages have the same few names: how those are spelled is kept. A sender could make up any number, even
-- by messages that are rejected: when there are too many, all are forgotten and it begins anew.
local MAX_KEPT, MAX_LENGTH = 256, 40
local spelled, n_spelled = {}, 0

--- A tag's name as aos knows it: `user_id` is `User-Id`, `NextProcess` is `Nextprocess`.
function utils.normalize(name)
  local known = spelled[name]
  if known then
    return known
  elseif type(name) ~= "string" then
    return name
  end
  local normal = name:gsub("_", "-"):lower():gsub("^%l", string.upper):gsub("%-%l", string.upper)
  if #name <= MAX_LENGTH then
    if n_spelled == MAX_KEPT then
      spelled, n_spelled = {}, 0
    end
    spelled[name] = normal
    n_spelled = n_spelled + 1
  end
  return normal
end

--- `fn` taken one argument at a time, `arity` in all. Of several arguments that are not yet all,
-- the first is kept and the others are counted, as on aos.
function utils.curry(fn, arity)
  assert(type(fn) == "function", "function is required as first argument")
  arity = arity or debug.getinfo(fn, "u").nparams
  if arity < 2 then
    return fn
  end
  return function(...)
    local given = { ... }
    if #given >= arity then
      return fn(table.unpack(given))
    end
    local first = given[1]
    return utils.curry(function(...)
      return fn(first, ...)
    end, arity - #given)
  end
end

local function check(fn, t)
  assert(type(fn) == "function", "first argument should be a unary function")
  assert(is_array(t), "second argument should be an Array")
end

utils.concat = utils.curry(function(a, b)
  assert(type(a) == "table", "first argument should be a table that is an array")
  assert(type(b) == "table", "second argument should be a table that is an array")
  assert(is_array(a), "first argument should be a table")
  assert(is_array(b), "second argument should be a table")
  return table.move(b, 1, #b, #a + 1, table.move(a, 1, #a, 1, {}))
end, 2)

utils.reduce = utils.curry(function(fn, initial, t)
  assert(type(fn) == "function", "first argument should be a function that accepts (result, value, key)")
  assert(is_array(t), "third argument should be a table that is an array")
  local result = initial
  for key, value in pairs(t) do
    if result == nil then
      result = value
    else
      result = fn(result, value, key)
    end
  end
  return result
end, 3)

utils.map = utils.curry(function(fn, t)
  check(fn, t)
  local result = {}
  for key, value in pairs(t) do
    result[key] = fn(value, key)
  end
  return result
end, 2)

utils.filter = utils.curry(function(fn, t)
  check(fn, t)
  local result = {}
  for _, value in ipairs(t) do
    if fn(value) then
      result[#result + 1] = value
    end
  end
  return result
end, 2)

utils.find = utils.curry(function(fn, t)
  assert(type(fn) == "function", "first argument should be a unary function")
  assert(type(t) == "table", "second argument should be a table that is an array")
  for _, value in pairs(t) do
    if fn(value) then
      return value
    end
  end
end, 2)

utils.propEq = utils.curry(function(name, value, object)
  assert(type(name) == "string", "first argument should be a string")
  assert(type(value) == "string", "second argument should be a string")
  assert(type(object) == "table", "third argument should be a table<object>")
  return object[name] == value
end, 3)

utils.prop = utils.curry(function(name, object)
  return object[name]
end, 2)

utils.includes = utils.curry(function(value, t)
  assert(type(t) == "table", "argument needs to be a table")
  assert(is_array(t), "argument should be a table that is an array")
  for _, candidate in ipairs(t) do
    if candidate == value then
      return true
    end
  end
  return false
end, 2)

utils.compose = utils.curry(function(...)
  local functions = { ... }
  return function(value)
    for i = #functions, 1, -1 do
      assert(type(functions[i]) == "function", "each argument needs to be a function")
      value = functions[i](value)
    end
    return value
  end
end, 2)

function utils.reverse(t)
  assert(type(t) == "table", "argument needs to be a table that is an array")
  assert(is_array(t), "third argument should be a table that is an array")
  local result = {}
  for i = #t, 1, -1 do
    result[#result + 1] = t[i]
  end
  return result
end

function utils.keys(t)
  assert(type(t) == "table", "argument needs to be a table")
  local keys = {}
  for key in pairs(t) do
    keys[#keys + 1] = key
  end
  return keys
end

function utils.values(t)
  assert(type(t) == "table", "argument needs to be a table")
  local values = {}
  for _, value in pairs(t) do
    values[#values + 1] = value
  end
  return values
end

Utils = utils

return utils
