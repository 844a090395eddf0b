-- Digests. Some take a stream of bytes, others a string, as on the network.

local _, native = ...
local bytes = require(".crypto.bytes")
local native_crypto = native.crypto

local function of_stream(name)
  local compute = native_crypto[name]
  return function(stream)
    return bytes.result(bytes.check(compute(bytes.of_stream(stream))))
  end
end

local function sha2_512(msg)
  local text = bytes.check(native_crypto.sha2_512(bytes.text(msg, "msg")))
  local result = bytes.result(text)
  -- Eight integers, not bytes.
  function result.asBytes()
    local words = { (">i8i8i8i8i8i8i8i8"):unpack(text) }
    words[9] = nil
    return words
  end
  return result
end

local function blake2b(data, outlen, key)
  outlen, key = outlen or 64, bytes.text(key or "", "key")
  if outlen < 1 or outlen > 64 or #key > 64 then
    return nil, "illegal parameters"
  end
  local size = math.tointeger(outlen)
  if not size then
    error("number (local 'outlen') has no integer representation")
  end
  local text = bytes.check(native_crypto.blake2b(bytes.text(data, "data"), size, key))
  local result = bytes.result(text)
  -- Characters, not bytes.
  local characters = {}
  for character in text:gmatch(".") do
    characters[#characters + 1] = character
  end
  function result.asBytes()
    return characters
  end
  return result
end

local sha3 = require(".crypto.digest.sha3")

return {
  _version = "0.0.1",
  md2 = of_stream("md2"),
  md4 = of_stream("md4"),
  md5 = of_stream("md5"),
  sha1 = require(".crypto.digest.sha1").sha1,
  sha2_256 = require(".crypto.digest.sha2_256").sha2_256,
  sha2_512 = sha2_512,
  sha3_256 = sha3.sha3_256,
  sha3_512 = sha3.sha3_512,
  keccak256 = sha3.keccak256,
  keccak512 = sha3.keccak512,
  blake2b = blake2b,
}
