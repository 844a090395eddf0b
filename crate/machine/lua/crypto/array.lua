-- Arrays of bytes.

local bytes = require(".crypto.bytes")

local array = {}

function array.size(array)
  return #array
end

function array.fromString(string)
  if type(string) ~= "string" then
    error(("attempt to index a %s value (local 'string')"):format(type(string)))
  end
  return bytes.to_array(string)
end

--- The string of an array's bytes, up to its first hole.
function array.toString(bytes)
  local characters, i = {}, 1
  local byte = bytes[i]
  while byte ~= nil do
    characters[i] = string.char(byte)
    i = i + 1
    byte = bytes[i]
  end
  return table.concat(characters)
end

--- What a stream answers, until nil.
function array.fromStream(stream)
  local values, value = {}, stream()
  while value ~= nil do
    values[#values + 1] = value
    value = stream()
  end
  return values
end

--- A stream of an array's values, up to its first hole.
function array.toStream(array)
  local i, value = 1, array[1]
  return function()
    local current = value
    if current ~= nil then
      i = i + 1
      value = array[i]
    end
    return current
  end
end

--- The bytes of pairs of hexadecimal digits; what is no such pair leaves a hole.
function array.fromHex(hex)
  local values = {}
  for i = 1, string.len(hex) // 2 do
    local pair = string.match(hex, "^%x%x", 2 * i - 1)
    values[i] = pair and tonumber(pair, 16)
  end
  return values
end

--- Two upper-case digits for each byte, up to the first hole; what is no byte leaves none.
function array.toHex(array)
  local digits, i = {}, 1
  local value = array[i]
  while value ~= nil do
    local byte = math.type(value) and math.tointeger(value)
    digits[i] = byte and byte >= 0 and byte <= 255 and ("%02X"):format(byte) or ""
    i = i + 1
    value = array[i]
  end
  return table.concat(digits)
end

function array.concat(a, b)
  local joined, n_first = {}, 0
  while a[n_first + 1] ~= nil do
    n_first = n_first + 1
    joined[n_first] = a[n_first]
  end
  local n_second = 0
  while b[n_second + 1] ~= nil do
    n_second = n_second + 1
    joined[n_first + n_second] = b[n_second]
  end
  return joined
end

--- The first values of an array.
function array.truncate(a, newSize)
  local kept = {}
  for i = 1, tonumber(newSize) or newSize do
    kept[i] = a[i]
  end
  return kept
end

function array.XOR(a, b)
  local mixed = {}
  for i, value in ipairs(a) do
    mixed[i] = bit32.bxor(value, b[i])
  end
  return mixed
end

--- `sbox[value]` for each value.
function array.substitute(input, sbox)
  local values = {}
  for i, value in ipairs(input) do
    values[i] = sbox[value]
  end
  return values
end

--- `input[place]` for each place.
function array.permute(input, pbox)
  local values = {}
  for i, place in ipairs(pbox) do
    values[i] = input[place]
  end
  return values
end

function array.copy(input)
  local values = {}
  for key, value in pairs(input) do
    values[key] = value
  end
  return values
end

--- The values from `start` to `stop`, both included; negative places count from the end.
function array.slice(input, start, stop)
  local values, size = {}, #input
  start, stop = start or 1, stop or size
  start = start < 0 and size + start + 1 or start
  stop = stop < 0 and size + stop + 1 or stop
  for i = start, stop do
    values[#values + 1] = input[i]
  end
  return values
end

function array.readFromQueue(queue, size)
  local values = {}
  for i = 1, tonumber(size) or size do
    values[i] = queue.pop()
  end
  return values
end

function array.writeToQueue(queue, array)
  for i = 1, #array do
    queue.push(array[i])
  end
end

return array
