-- A process's handlers: an ordered list of patterns, each with what to do when a message matches.

local iterable = require(".iterable")
local trace = require(".trace")
local utils = require(".utils")

-- Kept when the module is loaded again, so that no handler is lost.
local handlers = Handlers or { list = {}, coroutines = {}, onceNonce = 0 }
handlers._version = "0.0.5"
handlers.utils = require(".handlers-utils")

local EXPECTED = "Invalid arguments given. Expected: \n"
  .. "\tname : string, "
  .. "\tpattern : Action : string | MsgMatch : table,\n"
  .. "\t\tfunction(msg: Message) : {-1 = break, 0 = skip, 1 = continue},\n"
  .. "\thandle(msg : Message) : void) | Resolver,\n"
  .. '\tMaxRuns? : number | "inf" | nil'

local PATTERN_TYPES = { ["function"] = true, table = true, string = true }

local function index_of(name)
  local list = handlers.list
  for i = 1, #list do
    if list[i].name == name then
      return i
    end
  end
end

-- Handlers are given as (name, handle), (name, pattern, handle) or (name, pattern, handle, maxRuns).
local function from_arguments(...)
  local count = select("#", ...)
  local name, pattern, handle, max_runs = ...
  if count == 2 then
    pattern, handle, max_runs = name, pattern, nil
  elseif count == 3 then
    max_runs = nil
  end
  if type(name) ~= "string" or not PATTERN_TYPES[type(pattern)] then
    error(EXPECTED)
  end
  return name, pattern, handlers.generateResolver(handle), max_runs
end

-- A handler whose name is known takes the other's place, wherever it was to go.
local function put(position, name, pattern, handle, max_runs)
  local known = index_of(name)
  if known then
    local existing = handlers.list[known]
    existing.pattern, existing.handle, existing.maxRuns = pattern, handle, max_runs
  else
    table.insert(handlers.list, position, { name = name, pattern = pattern, handle = handle, maxRuns = max_runs })
  end
end

--- Adds a handler at the end; answers how many there are.
function handlers.add(...)
  put(#handlers.list + 1, from_arguments(...))
  return #handlers.list
end

--- Adds a handler at the end.
function handlers.append(...)
  put(#handlers.list + 1, from_arguments(...))
end

--- Adds a handler at the beginning.
function handlers.prepend(...)
  put(1, from_arguments(...))
end

--- Adds a handler at the beginning that runs once; its name may be left out.
function handlers.once(...)
  local name, pattern, handle
  if select("#", ...) == 3 then
    name, pattern, handle = ...
  else
    name = "_once_" .. tostring(handlers.onceNonce)
    handlers.onceNonce = handlers.onceNonce + 1
    pattern, handle = ...
  end
  handlers.prepend(name, pattern, handle, 1)
end

local function beside(name, offset)
  assert(type(name) == "string", "Handler name MUST be a string")
  local known = index_of(name)
  return {
    add = function(new_name, pattern, handle, max_runs)
      if type(new_name) ~= "string" or not PATTERN_TYPES[type(pattern)] then
        error(EXPECTED)
      end
      local handler = {
        name = new_name, pattern = pattern, handle = handlers.generateResolver(handle), maxRuns = max_runs,
      }
      if known then
        table.insert(handlers.list, known + offset, handler)
      end
    end,
  }
end

--- Where a handler can be added before the one named.
function handlers.before(name)
  return beside(name, 0)
end

--- Where a handler can be added after the one named.
function handlers.after(name)
  return beside(name, 1)
end

--- Removes the handler named, if there is one.
function handlers.remove(name)
  assert(type(name) == "string", "name MUST be string")
  local known = index_of(name)
  if known then
    table.remove(handlers.list, known)
  end
end

--- A handler's function: itself, or for a table of specifications the first whose specification matches.
function handlers.generateResolver(spec)
  if type(spec) == "function" then
    return spec
  end
  return function(msg)
    if type(spec) ~= "table" then
      error("bad argument #1 to 'for iterator' (table expected, got " .. type(spec) .. ")")
    end
    for candidate, resolve in pairs(spec) do
      if utils.matchesSpec(msg, candidate) then
        return resolve(msg)
      end
    end
  end
end

--- Suspends the caller until a message matches, and answers that message.
function handlers.receive(pattern)
  local waiting = coroutine.running()
  handlers.once(pattern, function(msg)
    local resumed, ok, reason = coroutine.resume(waiting, msg)
    if not resumed then
      error(ok)
    elseif not ok then
      error(reason)
    end
  end)
  return coroutine.yield(pattern)
end

-- What a pattern answered, as a number: 0 skips, below runs and stops, above runs and goes on.
local function verdict(answer)
  local kind = type(answer)
  if kind == "number" then
    return answer
  elseif kind == "boolean" then
    return answer and -1 or 0
  elseif kind == "string" then
    return answer == "continue" and 1 or answer == "break" and -1 or 0
  end
  error("Pattern result is not valid, it MUST be string, number, or boolean", 2)
end

local function count_run(handler)
  if handler.maxRuns == nil or handler.maxRuns == "inf" then
    return
  end
  handler.maxRuns = handler.maxRuns - 1
  if handler.maxRuns == 0 then
    handlers.remove(handler.name)
  end
end

--- Gives the message to every handler that matches, in order, until one stops; then to `_default`.
function handlers.evaluate(msg, env)
  local handled = false
  assert(type(msg) == "table", "msg is not valid")
  assert(type(env) == "table", "env is not valid")

  local list = iterable(handlers.list)
  local i, handler = 1, list[1]
  while handler ~= nil do
    if handler.name ~= "_default" then
      local match = verdict(utils.matchesSpec(msg, handler.pattern))
      if match ~= 0 then
        handled = handled or match < 0
        local ok, reason = xpcall(handler.handle, trace.keep, msg)
        if not ok then
          trace.blame(handler.name)
          error(reason)
        end
        count_run(handler)
        if match < 0 then
          return handled
        end
      end
    end
    i = i + 1
    handler = list[i]
  end

  local default = index_of("_default")
  if not handled and default then
    handlers.list[default].handle(msg)
  end
end

Handlers = handlers

return handlers
