-- MORUS-1280, authenticated encryption.

local _, native = ...
local bytes = require(".crypto.bytes")
local native_crypto = native.crypto

local morus = { key_size = 32, nonce_size = 16, variant = "Morus-1280" }

--- Encrypts `m`; the text is the data `ad`, the ciphertext and a tag of 16 bytes.
function morus.encrypt(k, iv, m, ad)
  k, iv, m = bytes.text(k, "key"), bytes.text(iv, "iv"), bytes.text(m, "m")
  ad = bytes.text(ad or "", "ad")
  local text = bytes.check(native_crypto.morus_encrypt(k, iv, m, ad))
  local result = bytes.result(text)
  -- The text in its parts, not bytes.
  function result.asBytes()
    local parts, last = { ad }, #ad + #m
    for first = #ad + 1, last, 32 do
      parts[#parts + 1] = text:sub(first, math.min(first + 31, last))
    end
    parts[#parts + 1] = text:sub(last + 1)
    return parts
  end
  return result
end

--- The string that was encrypted, or nil and a reason; `adlen` is the size of the data before it.
function morus.decrypt(k, iv, e, adlen)
  k, iv, e = bytes.text(k, "key"), bytes.text(iv, "iv"), bytes.text(e, "e")
  if adlen and type(adlen) ~= "number" then
    error("attempt to compare number with " .. type(adlen))
  end
  local size = math.tointeger(adlen or 0)
  if not size then
    error("number has no integer representation")
  elseif #e < 16 or #e < size then
    error("data string too short")
  end
  local message, reason = native_crypto.morus_decrypt(k, iv, e, size)
  if reason == "decrypt error" then
    return nil, reason
  end
  return bytes.check(message, reason)
end

--- The step of the cipher: takes a block of four words into a state of twenty.
function morus.state_update(s, m0, m1, m2, m3)
  local words = { table.unpack(s, 1, 20) }
  table.move({ m0, m1, m2, m3 }, 1, 4, 21, words)
  local format = "<" .. ("i8"):rep(24)
  local state = bytes.check(native_crypto.morus_update(format:pack(table.unpack(words, 1, 24))))
  table.move({ ("<" .. ("i8"):rep(20)):unpack(state) }, 1, 20, 1, s)
end

return morus
