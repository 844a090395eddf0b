-- Functions made, with variables that they share, and called.
local function counter(step)
  local count = 0
  return function()
    count = count + step
    return count
  end, function()
    return count
  end
end

return function()
  local sum = 0
  for i = 1, 60000 do
    local add, read = counter(i)
    for _ = 1, 5 do
      add()
    end
    sum = sum + read()
  end
  return tostring(sum)
end
