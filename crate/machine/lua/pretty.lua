-- Tables as plain lines, one field each.

local pretty = { _version = "0.0.1" }

-- `open` are the tables that are being written.
local function render(t, indent, open)
  local parts = {}
  for k, v in pairs(t) do
    parts[#parts + 1] = string.rep(" ", indent) .. k .. ": "
    if type(v) == "boolean" then
      parts[#parts + 1] = tostring(v) .. "\n"
    elseif type(v) ~= "table" then
      parts[#parts + 1] = v .. "\n"
    elseif open[v] then
      parts[#parts + 1] = "<circular reference>\n"
    else
      open[v] = true
      parts[#parts + 1] = "\n" .. render(v, indent + 1, open)
      open[v] = nil
    end
  end
  return table.concat(parts)
end

--- `t` as text, from column `indent` on; nested tables one column further in.
function pretty.tprint(t, indent)
  return render(t, indent or 0, { [t or false] = true })
end

return pretty
