-- Lua that the owner sends: an expression's value or a chunk's effects.

local ao = require(".ao")
local stringify = require(".stringify")

--- Evaluates the message's data; its value goes to the output.
return function(msg)
  local expr = msg.Data
  local func, err = load("return " .. expr, "aos", "t", _G)
  if not func then
    func, err = load(expr, "aos", "t", _G)
  end
  if not func then
    ao.outbox.Error = err
    return
  end

  local output, failure = func()
  ao.outbox.Error = failure or ao.outbox.Error
  if output and not failure then
    local text = type(output) == "table" and stringify.format(output) or tostring(output)
    table.insert(HANDLER_PRINT_LOGS, text)
  end
  -- A prompt that cannot be made is an error of the evaluation.
  Prompt()
end
