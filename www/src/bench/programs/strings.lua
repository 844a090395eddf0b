-- Pieces cut, joined, formatted and compared.
return function()
  local checksum = 0
  for i = 1, 20000 do
    local text = ("%06d:%x"):format(i, i * 7)
    local joined = table.concat({ text, text:upper(), text:reverse(), text:sub(2, 5) }, "-")
    checksum = (checksum * 31 + joined:byte(i % #joined + 1) + #joined) % 1000003
    if joined < text then
      checksum = checksum + 1
    end
    if joined:find("7", 1, true) then
      checksum = checksum + 2
    end
  end
  return tostring(checksum)
end
