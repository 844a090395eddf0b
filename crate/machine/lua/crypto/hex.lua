-- Strings in hexadecimal digits.

local hex = {}

--- Digits of a string; with `ln`, a new line after as many bytes and `sep` between others.
function hex.stringToHex(s, ln, sep)
  local digits, size = {}, #s
  for i = 1, size do
    digits[#digits + 1] = ("%02x"):format(s:byte(i))
    if ln and i < size then
      digits[#digits + 1] = i % ln == 0 and "\n" or tostring(sep or "")
    end
  end
  return table.concat(digits)
end

--- The string of digits. Space between them is left out, unless `unsafe`.
function hex.hexToString(hs, unsafe)
  if not unsafe then
    hs = string.gsub(hs, "%s+", "")
    if string.find(hs, "[^0-9A-Za-z]") or #hs % 2 ~= 0 then
      error("invalid hex string")
    end
  end
  return (string.gsub(hs, "(%x%x)", function(pair) return string.char(tonumber(pair, 16)) end))
end

return hex
