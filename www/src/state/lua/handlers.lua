-- The handlers in their order: name, whether the runtime's, pattern in words, the function's lines, runs that are left.
return function(values)
  local list = {}
  for i, handler in ipairs(Handlers.list) do
    local candidates = with_name(handler.name, values)
    local runs = handler.maxRuns
    list[i] = {
      tostring(handler.name), OWN_HANDLERS[handler.name] == true, described(handler.pattern, candidates),
      type(handler.handle) == "function" and lines_of(handler.handle) or type(handler.handle),
      runs ~= nil and runs ~= "inf" and tostring(runs) or "",
    }
  end
  return list
end
