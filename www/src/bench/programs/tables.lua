-- Arrays and maps: filled, read, counted through, emptied.
return function()
  local found = 0
  for _ = 1, 10 do
    local list, map = {}, {}
    for i = 1, 10000 do
      list[#list + 1] = i
      map["key" .. i % 1000] = i
    end
    for i = 1, 10000 do
      found = found + (map["key" .. i % 1500] or 0)
    end
    for _, value in ipairs(list) do
      found = found + value
    end
    for _, value in pairs(map) do
      found = found + value
    end
    while #list > 5000 do
      table.remove(list)
    end
  end
  return tostring(found)
end
