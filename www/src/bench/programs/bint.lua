-- Amounts of a token, in 256 bits: added, multiplied, divided, compared, written.
local bint = require(".bint")(256)

return function()
  local total, unit = bint.zero(), bint("1000000000000")
  local limit = bint("340282366920938463463374607431768211456")
  for i = 1, 2500 do
    local amount = unit * i + i
    total = total + amount * amount // (i + 1)
    if total > limit then
      total = total - limit
    end
  end
  return tostring(total)
end
