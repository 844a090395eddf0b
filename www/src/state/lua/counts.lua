-- How many of these messages reach each handler by the patterns as they are now, each to be counted once.
return function(messages)
  local counts, order = {}, {}
  for i, handler in ipairs(Handlers.list) do
    order[i] = { tostring(handler.name), handler.pattern }
    counts[i] = 0
  end
  for _, raw in ipairs(messages) do
    local msg = message_of(raw)
    local taken = refused(msg)
    for i, handler in ipairs(order) do
      if taken then
        break
      elseif handler[1] ~= "_default" then
        local verdict = judged(handler[2], msg)
        if verdict ~= 0 then
          counts[i] = counts[i] + 1
        end
        taken = verdict == nil or verdict < 0
      end
    end
    -- What none took goes to the default, wherever that stands.
    for i, handler in ipairs(order) do
      if not taken and handler[1] == "_default" then
        counts[i] = counts[i] + 1
      end
    end
  end
  for i, handler in ipairs(order) do
    order[i] = { handler[1], counts[i] }
  end
  return order
end
