-- Arithmetic on integers and floats in nested loops.
return function()
  local sum, mean = 0, 0.0
  for i = 1, 1500 do
    for j = 1, 1500 do
      sum = (sum + i * j) % 1000003
      mean = mean + j / i
    end
  end
  return ("%d %.3f"):format(sum, mean)
end
