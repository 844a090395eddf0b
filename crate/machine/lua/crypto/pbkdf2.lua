-- Keys from passwords (RFC 8018), with the standard's HMAC.

local _, native = ...
local bytes = require(".crypto.bytes")

local ALGORITHMS = { sha1 = true, sha256 = true }

--- A key of `keyLen` bytes from a password and a salt, both arrays of bytes.
local function pbkdf2(password, salt, iterations, keyLen, digest)
  digest = digest or "sha1"
  if not ALGORITHMS[digest] then
    error("Unsupported algorithm: " .. digest)
  end
  if type(keyLen) == "string" then
    error("attempt to compare string with number")
  end
  local size = keyLen // 1
  iterations = tonumber(iterations) or iterations
  local text = ""
  if size >= 1 and iterations >= 1 then
    local count = math.tointeger(iterations // 1) or math.maxinteger
    size = math.tointeger(size) or math.maxinteger
    password, salt = bytes.of_array(password), bytes.of_array(salt)
    text = bytes.check(native.crypto.pbkdf2(digest, password, salt, count, size))
  end
  local result = bytes.result(text)
  function result.asHex()
    return bytes.to_hex(text):upper()
  end
  return result
end

return { pbkdf2 = pbkdf2 }
