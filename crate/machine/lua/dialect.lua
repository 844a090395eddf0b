-- Processes are written for Lua 5.3. What they can see of 5.4 is put back: `bit32`, and strings in
-- arithmetic, which 5.3 converts to floats and takes in bitwise operations.

local _, native = ...

bit32 = native.bit32
package.loaded.bit32 = bit32

local of_string = getmetatable("")

-- What the other operand makes of the operation: in 5.3 strings have no part in it.
local function others(event, b)
  local metatable = type(b) ~= "string" and getmetatable(b)
  return type(metatable) == "table" and metatable[event]
end

-- Raises, at the operation's place, that one of its operands cannot be used, with that one's name. In 5.3
-- a constant has none, where there are two.
local function refuse(event, operand, is_first, operation)
  local message = native.operand_error(3, operation, is_first)
  local is_constant = type(operand) == "string" and event ~= "__unm" and event ~= "__bnot"
  local constant = is_constant and " (constant '" .. operand .. "')"
  if not message then
    message = operation and "attempt to " .. operation .. " a " .. type(operand) .. " value"
      or "number has no integer representation"
    error(message, 3)
  elseif constant and message:sub(-#constant) == constant then
    message = message:sub(1, -#constant - 1)
  elseif constant then
    message = message:gsub("^(.*number) %(constant '.*'%)( has no integer representation)$", "%1%2")
  end
  error(message, 0)
end

local function arithmetic(event, compute)
  of_string[event] = function(a, b)
    local other = others(event, b)
    if other then
      return other(a, b)
    end
    local x, y = tonumber(a), tonumber(b)
    if not x then
      refuse(event, a, true, "perform arithmetic on")
    elseif not y then
      refuse(event, b, false, "perform arithmetic on")
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
    if not x then
      refuse(event, a, true, "perform bitwise operation on")
    elseif not y then
      refuse(event, b, false, "perform bitwise operation on")
    end
    local i, j = math.tointeger(x), math.tointeger(y)
    if not i then
      refuse(event, a, true)
    elseif not j then
      refuse(event, b, false)
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
