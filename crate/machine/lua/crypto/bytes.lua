-- Byte strings from what a process passes, and what it gets from them.

local _, native = ...

local bytes = {}

--- `value` itself, which must be a string; `name` is the argument's.
function bytes.text(value, name)
  if type(value) ~= "string" then
    error(("attempt to get length of a %s value (local '%s')"):format(type(value), name))
  end
  return value
end

--- The string of an array's bytes, up to its first hole. A string is an array of none, as on the network.
function bytes.of_array(array)
  local pieces, size = {}, #array
  local length = 0
  while length < size and array[length + 1] ~= nil do
    length = length + 1
  end
  for first = 1, length, 256 do
    local last = math.min(first + 255, length)
    pieces[#pieces + 1] = string.char(table.unpack(array, first, last))
  end
  return table.concat(pieces)
end

--- The string of a stream's bytes: a stream is a function that answers one byte a call, then nil.
function bytes.of_stream(stream)
  local meta = getmetatable(stream)
  if type(stream) ~= "function" and not (type(meta) == "table" and meta.__call) then
    error("attempt to call a " .. type(stream) .. " value")
  end
  local pieces, buffer, count = {}, {}, 0
  for byte in stream do
    count = count + 1
    buffer[count] = byte
    if count == 256 then
      pieces[#pieces + 1] = string.char(table.unpack(buffer))
      count = 0
    end
  end
  pieces[#pieces + 1] = string.char(table.unpack(buffer, 1, count))
  return table.concat(pieces)
end

--- The array of a string's bytes.
function bytes.to_array(text)
  local array = {}
  for first = 1, #text, 256 do
    table.move({ text:byte(first, first + 255) }, 1, 256, first, array)
  end
  return array
end

--- A string's bytes in hexadecimal digits.
function bytes.to_hex(text)
  return bytes.check(native.crypto.hex(text))
end

--- What native code answered, or its reason raised.
function bytes.check(answer, reason)
  if answer == nil then
    error(reason or "not enough memory")
  end
  return answer
end

--- What a digest or a cipher answers.
function bytes.result(text)
  return {
    asBytes = function() return bytes.to_array(text) end,
    asHex = function() return bytes.to_hex(text) end,
    asString = function() return text end,
  }
end

return bytes
