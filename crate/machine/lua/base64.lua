-- Base64 (RFC 4648), with other characters if wanted. Decoding passes over what is not in the alphabet,
-- and wants its padding.

local base64 = {}

local LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

--- The table of an alphabet: from 6 bits to a byte, and from 64 to the byte that pads.
function base64.makeencoder(s62, s63, spad)
  local encoder = {}
  for code = 0, 61 do
    encoder[code] = LETTERS:byte(code + 1)
  end
  encoder[62], encoder[63], encoder[64] = (s62 or "+"):byte(), (s63 or "/"):byte(), (spad or "="):byte()
  return encoder
end

--- The table of an alphabet the other way.
function base64.makedecoder(s62, s63, spad)
  local decoder = {}
  for code, byte in pairs(base64.makeencoder(s62, s63, spad)) do
    decoder[byte] = code
  end
  return decoder
end

local DEFAULT_ENCODER = base64.makeencoder()
local DEFAULT_DECODER = base64.makedecoder()

--- The text of the bytes `str`.
function base64.encode(str, encoder)
  encoder = encoder or DEFAULT_ENCODER
  local length = #str
  local parts = {}
  for at = 1, length, 3 do
    local a, b, c = str:byte(at, at + 2)
    local bits = a << 16 | (b or 0) << 8 | (c or 0)
    parts[#parts + 1] = string.char(
      encoder[bits >> 18],
      encoder[bits >> 12 & 63],
      encoder[b and bits >> 6 & 63 or 64],
      encoder[c and bits & 63 or 64]
    )
  end
  return table.concat(parts)
end

-- What does not belong to the alphabet; the padding is always `=`.
local function foreign(decoder)
  local special = ""
  for byte, code in pairs(decoder) do
    if code == 62 or code == 63 then
      special = special .. "%" .. string.char(byte)
    end
  end
  return "[^%w%=" .. special .. "]"
end

local DEFAULT_FOREIGN = foreign(DEFAULT_DECODER)

--- The bytes of the text `b64`.
function base64.decode(b64, decoder)
  b64 = b64:gsub(decoder and foreign(decoder) or DEFAULT_FOREIGN, "")
  decoder = decoder or DEFAULT_DECODER
  local length = #b64
  local padding = b64:sub(-2) == "==" and 2 or b64:sub(-1) == "=" and 1 or 0

  local parts = {}
  for at = 1, padding > 0 and length - 4 or length, 4 do
    local a, b, c, d = b64:byte(at, at + 3)
    local bits = decoder[a] * 0x40000 + decoder[b] * 0x1000 + decoder[c] * 0x40 + decoder[d] * 1
    parts[#parts + 1] = string.char(bits >> 16 & 255, bits >> 8 & 255, bits & 255)
  end
  if padding == 1 then
    local a, b, c = b64:byte(length - 3, length - 1)
    local bits = decoder[a] * 0x40000 + decoder[b] * 0x1000 + decoder[c] * 0x40
    parts[#parts + 1] = string.char(bits >> 16 & 255, bits >> 8 & 255)
  elseif padding == 2 then
    local a, b = b64:byte(length - 3, length - 2)
    local bits = decoder[a] * 0x40000 + decoder[b] * 0x1000
    parts[#parts + 1] = string.char(bits >> 16 & 255)
  end
  return table.concat(parts)
end

return base64
