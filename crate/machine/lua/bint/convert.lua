-- Integers from numbers, text and bytes, and back.

local NOT_REPRESENTABLE = "value cannot be represented by a bint"
local DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

local function to_integer(x)
  if type(x) == "string" then
    x = tonumber(x)
  end
  return math.type(x) and math.tointeger(x)
end

-- The greatest power of `base` that one word holds, and its exponent.
local function chunk(base, mask)
  local power, exponent = base, 1
  while power * base <= mask do
    power, exponent = power * base, exponent + 1
  end
  return power, exponent
end

--- Adds the conversions to the class.
return function(bint, raw)
  local n, MASK, TOP = raw.n, raw.mask, raw.top

  local function make(words)
    return setmetatable(words, bint)
  end

  local function filled(word)
    return make(raw.fill({}, word))
  end

  function bint.zero()
    return filled(0)
  end

  function bint.one()
    local x = filled(0)
    x[1] = 1
    return x
  end

  --- The greatest integer of the class.
  function bint.maxinteger()
    local x = filled(MASK)
    x[n] = MASK >> 1
    return x
  end

  --- The least integer of the class.
  function bint.mininteger()
    local x = filled(0)
    x[n] = TOP
    return x
  end

  local function from_lua(x, extension)
    x = to_integer(x)
    if not x then
      return
    end
    local out = filled(x < 0 and extension or 0)
    for i = 1, math.min(n, (64 + raw.bits - 1) // raw.bits) do
      local kept = 64 - (i - 1) * raw.bits
      local sign = kept < raw.bits and x < 0 and extension << kept or 0
      out[i] = (x >> ((i - 1) * raw.bits) | sign) & MASK
    end
    return out
  end

  --- From a Lua integer, read as unsigned; nil from what is none.
  function bint.fromuinteger(x)
    return from_lua(x, 0)
  end

  --- From a Lua integer; nil from what is none.
  function bint.frominteger(x)
    return from_lua(x, MASK)
  end

  --- From digits in a base from 2 to 36 (10 unless told); nil if they are none.
  function bint.frombase(text, base)
    if type(text) ~= "string" then
      return
    end
    base = base or 10
    if not (base >= 2 and base <= 36) then
      return
    end
    local sign, digits = text:lower():match("^([+-]?)(%w+)$")
    if not digits then
      return
    end
    local out = filled(0)
    local power, step = chunk(base, MASK)
    for at = 1, #digits, step do
      local part = digits:sub(at, at + step - 1)
      local value = tonumber(part, base)
      if not value then
        return
      end
      raw.append_digit(out, #part == step and power or math.tointeger(base ^ #part), value)
    end
    return sign == "-" and out:_unm() or out
  end

  --- From decimal text, or text that begins with `0x` or `0b`; nil if it is none.
  function bint.fromstring(text)
    if type(text) ~= "string" then
      return
    elseif text:find("^[+-]?%d+$") then
      return bint.frombase(text, 10)
    end
    local sign, prefix, digits = text:match("^([+-]?)0([xXbB])(%x+)$")
    if digits then
      return bint.frombase(sign .. digits, prefix:lower() == "x" and 16 or 2)
    end
  end

  --- From bytes, the least significant first; what does not fit is left out.
  function bint.fromle(buffer)
    assert(type(buffer) == "string", "buffer is not a string")
    local out, per_word = filled(0), raw.bits // 8
    for at = 1, math.min(#buffer, n * per_word) do
      local word = (at - 1) // per_word + 1
      out[word] = out[word] | buffer:byte(at) << ((at - 1) % per_word * 8)
    end
    return out
  end

  --- From bytes, the most significant first.
  function bint.frombe(buffer)
    assert(type(buffer) == "string", "buffer is not a string")
    return bint.fromle(buffer:reverse())
  end

  --- A new integer from any value that is one; an error otherwise.
  function bint.new(x)
    if bint.isbint(x) then
      return make(raw.copy({}, x))
    elseif type(x) == "number" then
      x = bint.frominteger(x)
    elseif type(x) == "string" then
      x = bint.fromstring(x)
    end
    -- Other values pass, as they do in lua-bint.
    if not x then
      error(NOT_REPRESENTABLE)
    end
    return x
  end

  --- The integer that `x` is, itself unless `clone`; nil if it is none.
  function bint.tobint(x, clone)
    if bint.isbint(x) then
      return clone and bint.new(x) or x
    elseif type(x) == "number" then
      return bint.frominteger(x)
    elseif type(x) == "string" then
      return bint.fromstring(x)
    end
  end

  --- The integer that `x` is, or the number, or nil.
  function bint.parse(x, clone)
    return bint.tobint(x, clone) or bint.tonumber(x)
  end

  --- The integer that `x` is; an error if it is none.
  function raw.expect(x)
    return bint.tobint(x) or error("value has not integer representation")
  end

  --- The Lua integer that `x` is; an error if it is none.
  function raw.expect_integer(x)
    return bint.tointeger(x) or error("value has no integer representation")
  end

  local function low_bits(x)
    local value = 0
    for i = 1, math.min(n, (64 + raw.bits - 1) // raw.bits) do
      value = value | x[i] << ((i - 1) * raw.bits)
    end
    return value
  end

  --- The low 64 bits as a Lua integer; nil from what is no integer.
  function bint.touinteger(x)
    if bint.isbint(x) then
      return low_bits(x)
    end
    local integer = to_integer(x)
    if integer then
      return integer
    end
  end

  --- A Lua integer, the high bits left out; nil from what is no integer.
  function bint.tointeger(x)
    return bint.touinteger(x)
  end

  --- A Lua number: an integer if it fits, else the nearest float.
  function bint.tonumber(x)
    if not bint.isbint(x) then
      return (type(x) == "string" or type(x) == "number") and tonumber(x) or nil
    end
    local integer = low_bits(x)
    if bint.frominteger(integer) == x then
      return integer
    end
    return tonumber(bint.tobase(x) .. ".0")
  end

  --- Digits in a base from 2 to 36 (10 unless told). Unsigned, unless told or the base is 10.
  function bint.tobase(x, base, unsigned)
    x = bint.tobint(x, true)
    base = base or 10
    if not x or not (base >= 2 and base <= 36) then
      return
    end
    base = math.tointeger(base)
    if unsigned == nil then
      unsigned = base ~= 10
    end
    local negative = not unsigned and x:isneg()
    if negative then
      x:_unm()
    end
    local power, step = chunk(base, MASK)
    local reversed = {}
    repeat
      local rest = raw.remove_digit(x, power)
      local more = raw.length(x) > 0
      for _ = 1, step do
        local digit = rest % base + 1
        rest = rest // base
        reversed[#reversed + 1] = DIGITS:sub(digit, digit)
        if rest == 0 and not more then
          break
        end
      end
    until not more
    return (negative and "-" or "") .. table.concat(reversed):reverse()
  end

  --- Bytes, the least significant first; without leading zeros if `trim`.
  function bint.tole(x, trim)
    x = raw.expect(x)
    local parts, per_word = {}, raw.bits // 8
    for i = 1, n do
      parts[i] = ("<I" .. per_word):pack(x[i])
    end
    local bytes = table.concat(parts)
    if not trim then
      return bytes
    end
    bytes = bytes:gsub("\0+$", "")
    return bytes == "" and "\0" or bytes
  end

  --- Bytes, the most significant first; without leading zeros if `trim`.
  function bint.tobe(x, trim)
    return bint.tole(x, trim):reverse()
  end

  bint.__tostring = bint.tobase
end
