-- Numbers sorted as they are, and records by a function.
return function()
  local seed, numbers, records = 42, {}, {}
  for i = 1, 15000 do
    seed = (seed * 1103515245 + 12345) % 2147483648
    numbers[i] = seed
    records[i] = { rank = seed % 1000, name = i }
  end
  table.sort(numbers)
  table.sort(records, function(a, b)
    if a.rank ~= b.rank then
      return a.rank < b.rank
    end
    return a.name < b.name
  end)
  return numbers[1] .. " " .. numbers[7500] .. " " .. records[1].name .. " " .. records[15000].name
end
