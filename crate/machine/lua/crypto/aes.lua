-- AES. Encryption takes strings; decryption takes hexadecimal digits. Results are in upper case, and
-- the first look at one takes it: as on the network, a second finds nothing.

local _, native = ...
local bytes = require(".crypto.bytes")
local array = require(".crypto.util.array")
local native_crypto = native.crypto

local MODES = { CBC = true, ECB = true, CFB = true, OFB = true, CTR = true }
local KEY_SIZES = { [192] = 24, [256] = 32 }

local function string_of(value)
  if type(value) ~= "string" then
    error(("attempt to index a %s value (local 'string')"):format(type(value)))
  end
  return value
end

local function taken_once(text)
  local function take()
    local all = text
    text = ""
    return all
  end
  return {
    asBytes = function() return bytes.to_array(take()) end,
    asHex = function() return bytes.to_hex(take()):upper() end,
    asString = take,
  }
end

local function run(compute, data, key, iv, mode, key_length)
  mode = MODES[mode] and mode or "CBC"
  key = string_of(key)
  local key_size = KEY_SIZES[key_length] or 16
  if #key < key_size then
    error(("the key has %d bytes, the cipher takes %d"):format(#key, key_size))
  end
  local input = string_of(iv or ("\0"):rep(16)) .. data
  return taken_once(bytes.check(compute(mode, key:sub(1, key_size), input)))
end

local aes = {}

--- Encrypts a string, filled with zeros to whole blocks of 16 bytes.
function aes.encrypt(data, key, iv, mode, keyLength)
  return run(native_crypto.aes_encrypt, string_of(data), key, iv, mode, keyLength)
end

--- Decrypts hexadecimal digits; what filled the last block stays.
function aes.decrypt(cipher, key, iv, mode, keyLength)
  local data = bytes.of_array(array.fromHex(cipher))
  return run(native_crypto.aes_decrypt, data, key, iv, mode, keyLength)
end

return aes
