-- Lua that the owner sends: an expression's value or a chunk's effects.

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
  if failure then
    ao.outbox.Error = failure
    return
  end
  if output then
    local text = type(output) == "table" and stringify.format(output) or tostring(output)
    table.insert(HANDLER_PRINT_LOGS, text)
  end
end
