-- JSON for processes. The work is native; failures are raised here, as strings with a position.

local _, native = ...

local json = { _version = "0.2.0" }

--- JSON text of a value.
function json.encode(value)
  local text, reason = native.encode(value)
  if not text then
    error(reason)
  end
  return text
end

--- The value of a JSON text.
function json.decode(text)
  if type(text) ~= "string" then
    error("expected argument of type string, got " .. type(text))
  end
  local value, reason = native.decode(text)
  if reason then
    error(reason)
  end
  return value
end

_G.json = json

return json
