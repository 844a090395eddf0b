-- Whether a table is a list: its keys are 1 to n, or it has none.

return function(t)
  if type(t) ~= "table" then
    return false
  end
  local highest = 0
  for key in pairs(t) do
    if math.type(key) ~= "integer" or key < 1 then
      return false
    end
    highest = math.max(highest, key)
  end
  return highest == #t
end
