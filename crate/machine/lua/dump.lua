-- Any value as Lua source, with sorted keys.

local dump = {}

local RANK = { boolean = 1, number = 2, string = 3 }

local function before(a, b)
  local kind_a, kind_b = type(a), type(b)
  if kind_a ~= kind_b then
    return (RANK[kind_a] or 4) < (RANK[kind_b] or 4)
  elseif kind_a == "number" or kind_a == "string" then
    return a < b
  end
  return tostring(a) < tostring(b)
end

local function sorted_keys(t)
  local keys = {}
  for key in pairs(t) do
    keys[#keys + 1] = key
  end
  table.sort(keys, before)
  return keys
end

local function key_text(key)
  if type(key) == "string" then
    return key:match("^[%a_][%w_]*$") or ("[%q]"):format(key)
  end
  return "[" .. tostring(key) .. "]"
end

local function render(value, indent, padding, open)
  if type(value) == "string" then
    return ("%q"):format(value)
  elseif type(value) ~= "table" then
    local plain = type(value) == "number" or type(value) == "boolean" or value == nil
    return plain and tostring(value) or ('"%s"'):format(value)
  elseif open[value] then
    return ('"<Circular %s>"'):format(value)
  elseif next(value) == nil then
    return "{}"
  end
  open[value] = true
  local margin = (" "):rep(padding + indent)
  local parts = {}
  for _, key in ipairs(sorted_keys(value)) do
    parts[#parts + 1] = margin .. key_text(key) .. " = " .. render(value[key], indent, padding + indent, open)
  end
  open[value] = nil
  return "{\n" .. table.concat(parts, ",\n") .. "\n" .. (" "):rep(padding) .. "}"
end

--- `value` as text, each level `indent` columns further in (4 unless told), from `padding` on.
function dump.dump(value, indent, padding)
  if type(value) ~= "table" then
    return ("%q"):format(tostring(value))
  end
  return render(value, indent or 4, padding or 0, {})
end

Dump = dump.dump

return dump.dump
