-- SHA-3 and Keccak, of strings.

local _, native = ...
local bytes = require(".crypto.bytes")

local sha3 = {}

for _, name in ipairs({ "sha3_256", "sha3_512", "keccak256", "keccak512" }) do
  local compute = native.crypto[name]
  sha3[name] = function(data)
    local result = bytes.result(bytes.check(compute(bytes.text(data, "buffer"))))
    result.asBytes = nil
    return result
  end
end

return sha3
