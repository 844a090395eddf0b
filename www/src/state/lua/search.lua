-- Where a text is in names or values, in any case: what is the user's own first, each table once.
local MAX_FOUND, MAX_VISITED = 100, 1000000

return function(text)
  local wanted, found, visited, seen = text:lower(), {}, 0, {}
  local function has(value)
    return tostring(value):lower():find(wanted, 1, true) ~= nil
  end
  local function look(t, path, label, depth)
    if seen[t] or depth > 100 then
      return
    end
    seen[t] = true
    for key, value in next, t do
      if #found >= MAX_FOUND or visited >= MAX_VISITED then
        return
      end
      visited = visited + 1
      local kind = type(value)
      local is_scalar = kind == "string" or kind == "number" or kind == "boolean"
      local matches = type(key) == "string" and has(key) or is_scalar and has(value)
      if matches or kind == "table" then
        local at_key = step(key)
        local name = label_of(key)
        local whole = label and label .. label_of_step(name) or name
        local here = path and at_key and path .. at_key
        if matches then
          found[#found + 1] = { here or "", whole, kind, kind == "table" and "" or text_of(value), kind == "table" and count_of(value) or 0 }
        end
        if kind == "table" then
          look(value, here, whole, depth + 1)
        end
      end
    end
  end
  local start = roots()
  look(start.own, "own", nil, 1)
  look(start.inbox, "inbox", "Inbox", 1)
  look(start.runtime, "runtime", nil, 1)
  table.sort(found, function(a, b) return a[1] < b[1] end)
  return { found, #found >= MAX_FOUND or visited >= MAX_VISITED }
end
