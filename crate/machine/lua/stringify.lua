-- Tables as text for people, with the colours of a terminal.

Colors = {
  red = "\27[31m",
  green = "\27[32m",
  blue = "\27[34m",
  reset = "\27[0m",
  gray = "\27[90m",
}

local stringify = { _version = "0.0.1" }

local function colored(color, text)
  return color .. text .. Colors.reset
end

local function scalar(value)
  if type(value) == "string" then
    return colored(Colors.green, '"' .. value .. '"')
  end
  return colored(Colors.blue, tostring(value))
end

--- Whether `t` is a list of strings and numbers, or empty.
function stringify.isSimpleArray(t)
  local n = 0
  for key, value in pairs(t) do
    n = n + 1
    if key ~= n or (type(value) ~= "string" and type(value) ~= "number") then
      return false
    end
  end
  return true
end

local function inline(t)
  local parts = {}
  for i, value in ipairs(t) do
    parts[i] = scalar(value)
  end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

local CIRCULAR = "<circular reference>"

-- `seen` are the tables that were a field's value, since the last array; `open` those that are being written.
local function render(t, indent, seen, open)
  if stringify.isSimpleArray(t) then
    return inline(t)
  elseif open[t] then
    return CIRCULAR
  end
  open[t] = true

  local margin = (" "):rep(indent + 2)
  local parts, next_index = {}, 1
  for k, v in pairs(t) do
    if k == next_index then
      parts[k] = margin .. (type(v) == "table" and render(v, indent + 2, {}, open) or scalar(v))
      next_index = k + 1
    else
      -- From the first key that is no position on it is a map, and what came before is lost, as on aos.
      parts = next_index and {} or parts
      next_index = nil
      if type(v) ~= "table" then
        v = scalar(v)
      elseif seen[v] then
        -- A table that was a field's value before: the one that contains it is not shown, as on aos.
        open[t] = nil
        return CIRCULAR
      else
        seen[v] = true
        v = render(v, indent + 2, seen, open)
      end
      parts[#parts + 1] = margin .. Colors.red .. k .. Colors.reset .. " = " .. v
    end
  end

  open[t] = nil
  if next_index then
    return "{\n" .. table.concat(parts, ",\n") .. "\n" .. (" "):rep(indent) .. " }"
  end
  return "{\n " .. table.concat(parts, ",\n ") .. "\n" .. (" "):rep(indent) .. "}"
end

--- `t` as text, from column `indent` on; nested tables two columns further in.
function stringify.format(t, indent, visited)
  return render(t, indent or 0, visited or {}, {})
end

return stringify
