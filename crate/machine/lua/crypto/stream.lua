-- Streams of bytes: functions that answer one byte a call, then nil.

local array = require(".crypto.util.array")

local stream = {}

function stream.fromString(string)
  local i = 0
  return function()
    i = i + 1
    return string:byte(i)
  end
end

function stream.toString(stream)
  local characters, byte = {}, stream()
  while byte ~= nil do
    characters[#characters + 1] = string.char(byte)
    byte = stream()
  end
  return table.concat(characters)
end

stream.fromArray = array.toStream
stream.toArray = array.fromStream

--- The bytes of pairs of hexadecimal digits; what is no such pair is nil.
function stream.fromHex(hex)
  local i, values, size = 0, array.fromHex(hex), string.len(hex) // 2
  return function()
    i = i + 1
    return i <= size and values[i] or nil
  end
end

function stream.toHex(stream)
  return array.toHex(array.fromStream(stream))
end

return stream
