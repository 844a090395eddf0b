-- Tables as text for people, with the colours of a terminal.

Colors = {
  red = "\27[31m",
  green = "\27[32m",
  blue = "\27[34m",
  reset = "\27[0m",
  gray = "\27[90m",
}

local stringify = {}

local function colored(color, text)
  return color .. text .. Colors.reset
end

local function scalar(value)
  if type(value) == "string" then
    return colored(Colors.green, '"' .. value .. '"')
  end
  return colored(Colors.blue, tostring(value))
end

-- Whether the keys arrive as 1, 2, 3 …; and whether every value is a string or a number besides.
local function shape(t)
  local n, simple = 0, true
  for key, value in pairs(t) do
    n = n + 1
    if key ~= n then
      return false, false
    end
    simple = simple and (type(value) == "string" or type(value) == "number")
  end
  return true, simple
end

--- Whether `t` is a list of strings and numbers, or empty.
function stringify.isSimpleArray(t)
  local _, simple = shape(t)
  return simple
end

local function inline(t)
  local parts = {}
  for i, value in ipairs(t) do
    parts[i] = scalar(value)
  end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

--- `t` as text; nested tables two columns further in.
function stringify.format(t, indent, visited)
  indent = indent or 0
  visited = visited or {}
  local is_array, simple = shape(t)
  if simple then
    return inline(t)
  end

  -- A table that contains one already shown is not shown at all, as on aos.
  for _, value in pairs(t) do
    if type(value) == "table" then
      if visited[value] then
        return "<circular reference>"
      end
      visited[value] = true
    end
  end

  local margin = (" "):rep(indent + 2)
  local function text(value)
    if type(value) == "table" then
      return stringify.format(value, indent + 2, visited)
    end
    return scalar(value)
  end

  local parts = {}
  if is_array then
    for i, value in ipairs(t) do
      parts[i] = margin .. text(value)
    end
    return "{\n" .. table.concat(parts, ",\n") .. "\n" .. (" "):rep(indent) .. " }"
  end
  for key, value in pairs(t) do
    if type(key) ~= "number" then
      parts[#parts + 1] = margin .. colored(Colors.red, key) .. " = " .. text(value)
    end
  end
  return "{\n " .. table.concat(parts, ",\n ") .. "\n" .. (" "):rep(indent) .. "}"
end

return stringify
