-- NORX64-4-1, authenticated encryption.

local _, native = ...
local bytes = require(".crypto.bytes")
local native_crypto = native.crypto

local norx = { key_size = 32, nonce_size = 32, variant = "NORX 64-4-1" }

local RATE = 96

--- Encrypts `plain`; the text is the ciphertext and a tag of 32 bytes.
function norx.encrypt(key, nonce, plain, header, trailer)
  key, nonce, plain = bytes.text(key, "key"), bytes.text(nonce, "nonce"), bytes.text(plain, "ins")
  header, trailer = bytes.text(header or "", "ins"), bytes.text(trailer or "", "ins")
  local text = bytes.check(native_crypto.norx_encrypt(key, nonce, plain, header, trailer))
  local result = bytes.result(text)
  -- The text in its parts, not bytes: words of whole blocks, the rest, the tag.
  function result.asBytes()
    local parts, whole = {}, #plain - #plain % RATE
    for first = 1, whole, 8 do
      parts[#parts + 1] = text:sub(first, first + 7)
    end
    if plain ~= "" then
      parts[#parts + 1] = text:sub(whole + 1, #plain)
    end
    parts[#parts + 1] = text:sub(#plain + 1)
    return parts
  end
  return result
end

--- The string that was encrypted, or nil and a reason.
function norx.decrypt(key, nonce, crypted, header, trailer)
  key, nonce = bytes.text(key, "key"), bytes.text(nonce, "nonce")
  crypted = bytes.text(crypted, "crypted")
  header, trailer = bytes.text(header or "", "ins"), bytes.text(trailer or "", "ins")
  local plain, reason = native_crypto.norx_decrypt(key, nonce, crypted, header, trailer)
  if reason == "auth failure" then
    return nil, reason
  end
  return bytes.check(plain, reason)
end

return norx
