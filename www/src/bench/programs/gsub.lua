-- Patterns over a text of some kilobytes: replaced by texts, by a table, by a function.
local words = {}
for i = 1, 2000 do
  words[i] = "word" .. i .. (i % 7 == 0 and "." or "")
end
local text = table.concat(words, " ")

return function()
  local length, count = 0, 0
  for _ = 1, 6 do
    local plain, dots = text:gsub("%.", "")
    local swapped = plain:gsub("(%a+)(%d+)", "%2%1")
    local named = swapped:gsub("%d+", { ["7"] = "seven", ["77"] = "many" })
    local shorter = named:gsub("%a+", function(word)
      return word:sub(1, 2)
    end)
    length, count = length + #shorter, count + dots
  end
  return length .. " " .. count
end
