-- Where an error came from, in the process's own code.

local trace = {}

-- Lines of the runtime's modules, and of C, tell the user nothing.
local function is_users(line)
  return not line:find('[string ".', 1, true) and not line:find("[C]:", 1, true) and line ~= "\t(...tail calls...)"
end

--- A message handler for `xpcall`: keeps the user's lines of the stack, and answers the reason unchanged.
function trace.keep(reason)
  local lines = { "stack traceback:" }
  for line in debug.traceback("", 2):gmatch("\n(\t[^\n]*)") do
    if is_users(line) then
      lines[#lines + 1] = line
    end
  end
  trace.stack = trace.stack or table.concat(lines, "\n")
  return reason
end

--- Says in which handler the error was.
function trace.blame(handler)
  trace.stack = (trace.stack or "stack traceback:") .. "\n\tin handler '" .. tostring(handler) .. "'"
end

--- The stack of the first error since the last call.
function trace.take()
  local stack = trace.stack
  trace.stack = nil
  return stack or "stack traceback:"
end

return trace
