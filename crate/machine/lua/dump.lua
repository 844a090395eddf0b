-- Any value as Lua source, with sorted keys. The interface is lua-dump's (Masatoshi Fukunaga).

local RESERVED = {}
for word in ([[and break do else elseif end false for function goto if in local nil not or repeat return
  then true until while]]):gmatch("%a+") do
  RESERVED[word] = true
end

local function scalar(value)
  if type(value) == "number" or type(value) == "boolean" then
    return tostring(value)
  end
  return ("%q"):format(tostring(value))
end

-- Numbers first, by their value; booleans last; the rest by the text of their keys.
local function before(a, b)
  if a.rank ~= b.rank then
    return a.rank < b.rank
  elseif a.rank == 1 then
    return a.key < b.key
  end
  return a.name < b.name
end

local RANK = { number = 1, boolean = 3 }

local Dumper = {}
Dumper.__index = Dumper

-- What the filter makes of a value, and whether that is text to be shown as it is.
function Dumper:filtered(value, depth, use, key)
  if not self.filter then
    return value
  end
  return self.filter(value, depth, type(value), use, key, self.udata)
end

function Dumper:name(key, closed, depth)
  if type(key) == "string" and key:find("^[%a_][%w_]*$") and not RESERVED[key] then
    return key
  elseif closed then
    return "[" .. scalar(key) .. "]"
  end
  return "[" .. self:value(key, depth) .. "]"
end

function Dumper:value(value, depth)
  if type(value) ~= "table" then
    return scalar(value)
  elseif self.open[value] then
    return self:circular(value, depth)
  end
  self.open[value] = true
  local text = self:fields(value, depth + 1)
  self.open[value] = nil
  return text
end

function Dumper:circular(value, depth)
  local shown = self:filtered(value, depth + 1, "circular", value)
  if shown == nil or shown == value then
    return scalar(("<Circular %s>"):format(value))
  end
  return self:value(shown, depth)
end

function Dumper:fields(t, depth)
  local entries = {}
  for k, v in pairs(t) do
    local key, closed_key = self:filtered(k, depth, "key")
    if key ~= nil then
      local value, closed = self:filtered(v, depth, "val", k)
      if value ~= nil then
        entries[#entries + 1] = {
          key = key,
          rank = RANK[type(key)] or 2,
          name = self:name(key, closed_key, depth),
          text = closed and (type(value) == "string" and value or scalar(value)) or self:value(value, depth),
        }
      end
    end
  end
  if #entries == 0 then
    return "{}"
  end
  table.sort(entries, before)

  local margin = (" "):rep(self.padding + self.indent * depth)
  local parts = {}
  for i, entry in ipairs(entries) do
    parts[i] = margin .. entry.name .. " = " .. entry.text
  end
  local line = self.indent > 0 and "\n" or " "
  local last = (" "):rep(self.padding + self.indent * (depth - 1))
  return "{" .. line .. table.concat(parts, "," .. line) .. line .. last .. "}"
end

local function is_size(value)
  return math.type(value) ~= nil and math.tointeger(value) ~= nil and value >= 0
end

--- `value` as text, each level `indent` columns further in (4 unless told), from `padding` on.
-- `filter(value, depth, type, use, key, udata)` answers what to show instead, and true if that is text to
-- be shown as it is; nil leaves the field out. `use` is "key", "val" or "circular".
function Dump(value, indent, padding, filter, udata)
  indent, padding = indent or 4, padding or 0
  if not is_size(indent) then
    error("indent must be unsigned integer", 2)
  elseif not is_size(padding) then
    error("padding must be unsigned integer", 2)
  elseif filter ~= nil and type(filter) ~= "function" then
    error("filter must be function", 2)
  end
  local dumper = setmetatable({ indent = indent, padding = padding, filter = filter, udata = udata, open = {} }, Dumper)
  if type(value) == "table" then
    return dumper:value(value, 0)
  end
  local shown, as_it_is = dumper:filtered(value, 0, "val")
  return as_it_is and tostring(shown) or ("%q"):format(tostring(shown))
end

return Dump
