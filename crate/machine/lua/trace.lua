-- Where an error came from, in the process's own code.

local _, native = ...

local trace = {}

-- Of the error under way: its reason, the lines of its stack, and the coroutine that it has come to.
local failure, stack, routine

-- Lines of the runtime's modules, and of C, tell the user nothing.
local function is_users(line)
  return not line:find('[string ".', 1, true) and not line:find("[C]:", 1, true) and line ~= "\t(...tail calls...)"
end

-- Whether `reason` is the error under way, which every `error(reason)` on its way puts a position before.
local function is_under_way(reason)
  if type(reason) == "string" and type(failure) == "string" then
    return reason:sub(-#failure) == failure
  end
  return failure ~= nil and rawequal(reason, failure)
end

--- A message handler for `xpcall`: keeps the user's lines of the stack, and answers the reason unchanged.
-- An error that was caught before is forgotten; one that passes from coroutine to coroutine gathers the lines of all.
function trace.keep(reason)
  local here = coroutine.running()
  local is_same = is_under_way(reason)
  failure = reason
  if is_same and routine == here then
    return reason
  elseif not is_same then
    stack = {}
  end
  routine = here
  for line in debug.traceback("", 2):gmatch("\n(\t[^\n]*)") do
    if is_users(line) then
      stack[#stack + 1] = line
    end
  end
  return reason
end

--- Says in which handler the error was.
function trace.blame(handler)
  stack = stack or {}
  stack[#stack + 1] = "\tin handler '" .. tostring(handler) .. "'"
end

--- Forgets the error: what comes is another.
function trace.forget()
  failure, stack, routine = nil, nil, nil
end

--- The stack of the error under way, as text.
function trace.text()
  return table.concat({ "stack traceback:", table.unpack(stack or {}) }, "\n")
end

local wrap = coroutine.wrap

local function answered(ok, ...)
  if ok then
    return ...
  end
  local reason = ...
  error(reason, 0)
end

--- As Lua's, but the error of a coroutine leaves its lines, which are gone when it has ended.
coroutine.wrap = native.as_c(function(...)
  local body = ...
  if type(body) ~= "function" then
    local given = select("#", ...) == 0 and "no value" or type(body)
    error("bad argument #1 to 'wrap' (function expected, got " .. given .. ")", 3)
  end
  return wrap(function(...)
    return answered(xpcall(body, trace.keep, ...))
  end)
end)

return trace
