-- The first `limit` entries of tables, in the order of their keys, from a key on: a large table is never sorted whole.
local LIMIT = 100

local function first_keys(t, from)
  local chosen, n, bound = {}, 0, nil
  local function cut()
    table.sort(chosen, before)
    for i = n, LIMIT + 2, -1 do
      chosen[i] = nil
    end
    n = #chosen
    bound = n > LIMIT and chosen[n] or nil
  end
  for key in next, t do
    if (bound == nil or before(key, bound)) and (from == nil or not before(key, from)) then
      n = n + 1
      chosen[n] = key
      if n == 10 * LIMIT then
        cut()
      end
    end
  end
  cut()
  return chosen
end

-- For each `{ path, from }`: path, count, the step of the page that follows, entries; without a table there, only the path.
return function(requests)
  local pages = {}
  for i, request in ipairs(requests) do
    local path, t = request[1], at(request[1])
    local page = { path }
    if type(t) == "table" then
      local from
      if request[2] then
        from = load("return (" .. request[2]:sub(2, -2) .. ")", "=key", "t", {})()
      end
      local keys, entries = first_keys(t, from), {}
      for k = 1, math.min(#keys, LIMIT) do
        entries[k] = entry_of(path, keys[k], t[keys[k]])
      end
      page = { path, count_of(t), keys[LIMIT + 1] ~= nil and step(keys[LIMIT + 1]) or false, entries }
    end
    pages[i] = page
  end
  return pages
end
