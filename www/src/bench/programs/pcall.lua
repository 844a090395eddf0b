-- Errors raised and caught: texts with their place, and tables.
local function fail(i)
  if i % 2 == 0 then
    error("number " .. i)
  end
  error({ code = i })
end

return function()
  local length, codes = 0, 0
  for i = 1, 30000 do
    local ok, reason = pcall(fail, i)
    if ok then
      error("it did not fail")
    end
    if type(reason) == "table" then
      codes = codes + reason.code
    else
      length = length + #reason:gsub("^.-:%d+: ", "")
    end
  end
  return length .. " " .. codes
end
