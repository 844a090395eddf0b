-- ISAAC: random numbers from a seed, and the network's cipher over printable characters.

local _, native = ...
local bytes = require(".crypto.bytes")
local native_crypto = native.crypto

local issac = {}

--- Starts the sequence from a string; without `flag` it is always the same.
function issac.seedIsaac(seed, flag)
  native_crypto.isaac_seed(bytes.text(seed, "seed"), flag and true or false)
end

--- The next number of the sequence, of 32 bits.
function issac.getRandom()
  return native_crypto.isaac_draw()
end

--- The next number as the code of a printable character.
function issac.getRandomChar()
  return issac.getRandom() % 95 + 32
end

--- A number between `min` and `max`. Without a seed the sequence is always the same, as on the network.
function issac.random(min, max, seed)
  min, max = min or 0, max or 2 ^ 31 - 1
  if seed then
    issac.seedIsaac(seed, true)
  else
    -- The network draws a seed, and does not use it.
    math.random(0, 2 ^ 32 - 1)
    issac.seedIsaac("", false)
  end
  return min + native_crypto.isaac_draw() % (max - min + 1)
end

local function characters(text)
  local list = {}
  for character in text:gmatch(".") do
    list[#list + 1] = character
  end
  return list
end

--- Encrypts a string, each byte to a printable character.
function issac.encrypt(msg, key)
  issac.seedIsaac(key, true)
  local text = bytes.check(native_crypto.isaac_shift(bytes.text(msg, "msg"), 1))
  local result = bytes.result(text)
  function result.asBytes()
    return characters(text)
  end
  return result
end

--- The string that was encrypted.
function issac.decrypt(encrypted, key)
  issac.seedIsaac(key, true)
  return bytes.check(native_crypto.isaac_shift(bytes.text(encrypted, "encrypted"), -1))
end

return issac
