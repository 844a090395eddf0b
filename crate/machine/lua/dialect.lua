-- Processes are written for Lua 5.3. What they can see of 5.4 is put back: `bit32`, and strings in
-- arithmetic, which 5.3 converts to floats and takes in bitwise operations.

local LIMIT = 0xFFFFFFFF

local function whole(value, position, name)
  local number = tonumber(value)
  if not number then
    local message = "bad argument #%d to '%s' (number expected, got %s)"
    error(message:format(position, name, type(value)), 3)
  end
  local integer = math.tointeger(number) or math.tointeger(math.floor(number))
  if not integer then
    local message = "bad argument #%d to '%s' (number has no integer representation)"
    error(message:format(position, name), 3)
  end
  return integer & LIMIT
end

bit32 = {}

local function fold(name, start, combine)
  bit32[name] = function(...)
    local result = start
    for position = 1, select("#", ...) do
      result = combine(result, whole(select(position, ...), position, name))
    end
    return result
  end
end

fold("band", LIMIT, function(a, b) return a & b end)
fold("bor", 0, function(a, b) return a | b end)
fold("bxor", 0, function(a, b) return a ~ b end)

function bit32.btest(...)
  return bit32.band(...) ~= 0
end

function bit32.bnot(x)
  return ~whole(x, 1, "bnot") & LIMIT
end

function bit32.lshift(x, by)
  local value, count = whole(x, 1, "lshift"), math.tointeger(tonumber(by)) or 0
  return count >= 0 and (value << count) & LIMIT or value >> -count
end

function bit32.rshift(x, by)
  local value, count = whole(x, 1, "rshift"), math.tointeger(tonumber(by)) or 0
  return count >= 0 and value >> count or (value << -count) & LIMIT
end

function bit32.arshift(x, by)
  local value, count = whole(x, 1, "arshift"), math.tointeger(tonumber(by)) or 0
  if count < 0 then
    return (value << -count) & LIMIT
  end
  local sign = value & 0x80000000 ~= 0 and ~(LIMIT >> math.min(count, 32)) & LIMIT or 0
  return value >> count | sign
end

function bit32.lrotate(x, by)
  local value, count = whole(x, 1, "lrotate"), (math.tointeger(tonumber(by)) or 0) % 32
  return (value << count | value >> (32 - count)) & LIMIT
end

function bit32.rrotate(x, by)
  return bit32.lrotate(x, -(math.tointeger(tonumber(by)) or 0))
end

local function field(name, from, width)
  if from < 0 then
    error("bad argument to '" .. name .. "' (field cannot be negative)", 3)
  elseif width <= 0 then
    error("bad argument to '" .. name .. "' (width must be positive)", 3)
  elseif from + width > 32 then
    error("trying to access non-existent bits", 3)
  end
  return LIMIT >> (32 - width)
end

function bit32.extract(x, from, width)
  local mask = field("extract", from, width or 1)
  return whole(x, 1, "extract") >> from & mask
end

function bit32.replace(x, v, from, width)
  local mask = field("replace", from, width or 1)
  local value, part = whole(x, 1, "replace"), whole(v, 2, "replace")
  return value & ~(mask << from) & LIMIT | (part & mask) << from
end

package.loaded.bit32 = bit32

local of_string = getmetatable("")

-- What the other operand makes of the operation: in 5.3 strings have no part in it.
local function others(event, b)
  local metatable = type(b) ~= "string" and getmetatable(b)
  return type(metatable) == "table" and metatable[event]
end

local function arithmetic(event, compute)
  of_string[event] = function(a, b)
    local other = others(event, b)
    if other then
      return other(a, b)
    end
    local x, y = tonumber(a), tonumber(b)
    if not (x and y) then
      local culprit = a
      if x then
        culprit = b
      end
      error("attempt to perform arithmetic on a " .. type(culprit) .. " value", 2)
    end
    return compute(x + 0.0, y + 0.0)
  end
end

arithmetic("__add", function(a, b) return a + b end)
arithmetic("__sub", function(a, b) return a - b end)
arithmetic("__mul", function(a, b) return a * b end)
arithmetic("__div", function(a, b) return a / b end)
arithmetic("__mod", function(a, b) return a % b end)
arithmetic("__pow", function(a, b) return a ^ b end)
arithmetic("__idiv", function(a, b) return a // b end)
arithmetic("__unm", function(a) return -a end)

local function bitwise(event, compute)
  of_string[event] = function(a, b)
    local other = others(event, b)
    if other then
      return other(a, b)
    end
    local x, y = tonumber(a), tonumber(b)
    if not (x and y) then
      local culprit = a
      if x then
        culprit = b
      end
      error("attempt to perform bitwise operation on a " .. type(culprit) .. " value", 2)
    end
    local i, j = math.tointeger(x), math.tointeger(y)
    if not (i and j) then
      error("number has no integer representation", 2)
    end
    return compute(i, j)
  end
end

bitwise("__band", function(a, b) return a & b end)
bitwise("__bor", function(a, b) return a | b end)
bitwise("__bxor", function(a, b) return a ~ b end)
bitwise("__shl", function(a, b) return a << b end)
bitwise("__shr", function(a, b) return a >> b end)
bitwise("__bnot", function(a) return ~a end)
