-- Calls that call: two of them for each but the smallest.
local function fib(n)
  if n < 2 then
    return n
  end
  return fib(n - 1) + fib(n - 2)
end

return function()
  return tostring(fib(28))
end
