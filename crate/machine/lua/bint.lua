-- Integers of a fixed number of bits in two's complement: what a token counts in.
-- The interface is lua-bint's (Eduardo Bart), which processes know as `require(".bint")(256)`.
-- An integer is a table of words, the least significant first; its class is its metatable.

local words = require(".bint.words")
local INTEGER_BITS = 64

local install = { require(".bint.convert"), require(".bint.compare"), require(".bint.arithmetic"), require(".bint.divide") }

local classes = {}

local function new_class(bits, word_bits)
  local bint = { bits = bits }
  bint.__index = bint

  --- Whether `x` is an integer of this class.
  function bint.isbint(x)
    return getmetatable(x) == bint
  end

  local raw = words(bits // word_bits, word_bits)
  for _, add_functions in ipairs(install) do
    add_functions(bint, raw)
  end
  return setmetatable(bint, {
    __call = function(_, x)
      return bint.new(x)
    end,
  })
end

--- The class of integers of so many bits (256 unless told), in words of `word_bits` (32 unless told).
return function(bits, word_bits)
  bits, word_bits = bits or 256, word_bits or INTEGER_BITS // 2
  local id = bits .. "_" .. word_bits
  bits, word_bits = math.tointeger(bits + 0), math.tointeger(word_bits + 0)
  assert(bits and word_bits and bits % word_bits == 0, "bitsize is not multiple of word bitsize")
  assert(2 * word_bits <= INTEGER_BITS, "word bitsize must be half of the lua integer bitsize")
  assert(bits >= 64, "bitsize must be >= 64")
  assert(word_bits >= 8, "wordbits must be at least 8")
  assert(bits % 8 == 0, "bitsize must be multiple of 8")
  classes[id] = classes[id] or new_class(bits, word_bits)
  return classes[id]
end
