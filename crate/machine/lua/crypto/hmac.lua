-- Message authentication from a digest (RFC 2104). The network's own function takes blocks of 32 bytes
-- where the standard takes 64, so its answers are not the standard's; they are the same here.

local bytes = require(".crypto.bytes")
local stream = require(".crypto.util.stream")

local DIGESTS = {
  sha1 = require(".crypto.digest.sha1").SHA1,
  sha256 = require(".crypto.digest.sha2_256").SHA2_256,
}

local function masked(key, mask)
  return stream.fromString((key:gsub(".", function(byte) return string.char(byte:byte() ~ mask) end)))
end

--- An authenticator: give it a digest and a key, then `init`, `update` and `finish`.
local function new()
  local block_size, make, digest, key = 64, nil, nil, nil
  local mac = {}

  --- The block of the key, in bytes; set before the key.
  function mac.setBlockSize(size)
    block_size = size
    return mac
  end

  --- The maker of digests, as `SHA1`.
  function mac.setDigest(maker)
    make = maker
    digest = make()
    return mac
  end

  --- The key, as an array of bytes.
  function mac.setKey(array)
    key = bytes.of_array(array)
    if #key > block_size then
      key = make().update(stream.fromString(key)).finish().asString()
    end
    key = key .. ("\0"):rep(block_size - #key)
    return mac
  end

  function mac.init()
    digest.init().update(masked(key, 0x36))
    return mac
  end

  function mac.update(message)
    digest.update(message)
    return mac
  end

  function mac.finish()
    local inner = digest.finish().asString()
    digest.init().update(masked(key, 0x5C)).update(stream.fromString(inner)).finish()
    return mac
  end

  function mac.asBytes()
    return digest.asBytes()
  end

  function mac.asHex()
    return digest.asHex()
  end

  function mac.asString()
    return digest.asString()
  end

  return mac
end

--- Authenticates a stream with a key, an array of bytes.
local function create(data, key, algorithm)
  local make = DIGESTS[algorithm or "sha1"]
  if not make then
    error("Unsupported algorithm: " .. algorithm)
  end
  return new().setBlockSize(32).setDigest(make).setKey(key).init().update(data).finish()
end

return { HMAC = new, hmac = create }
