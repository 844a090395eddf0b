-- A digest that takes its text in parts: SHA-1 and SHA-256, alone and in HMAC.

local bytes = require(".crypto.bytes")

--- A maker of digests: `steps(state, blocks)` is the digest's step, `start` its state before any.
return function(steps, start)
  local function new()
    local state, pending, size = start, "", 0
    local digest = {}

    local function take(text)
      pending = pending .. text
      local whole = #pending - #pending % 64
      if whole > 0 then
        state = bytes.check(steps(state, pending:sub(1, whole)))
        pending = pending:sub(whole + 1)
      end
      size = size + #text
    end

    --- Starts anew.
    function digest.init()
      state, pending, size = start, "", 0
      return digest
    end

    --- Takes what a stream has.
    function digest.update(stream)
      take(bytes.of_stream(stream))
      return digest
    end

    --- Ends the text.
    function digest.finish()
      local bits = size * 8
      take("\x80" .. ("\0"):rep((55 - size) % 64) .. (">I8"):pack(bits))
      return digest
    end

    function digest.asBytes()
      return bytes.to_array(state)
    end

    function digest.asHex()
      return bytes.to_hex(state)
    end

    function digest.asString()
      return state
    end

    return digest
  end

  local function of_stream(stream)
    return new().update(stream).finish()
  end

  return new, of_stream
end
