-- Why a message matched each handler, or did not: per part of the pattern what it wants, what the message has, whether it is met.

local function field_parts(pattern, msg)
  local parts = {}
  for i, key in ipairs(sorted_keys(pattern)) do
    local value, tag = msg[key], msg.Tags and msg.Tags[key]
    local found = value == nil and tag or value
    local ok, met = pcall(Utils.matchesSpec, msg, { [key] = pattern[key] })
    parts[i] = { tostring(key), wanted(pattern[key]), found ~= nil and text_of(found) or "", ok and met == true }
  end
  return parts
end

-- Which fields a function read, in order, each once.
local function function_parts(pattern, msg, verdict, values)
  local parts, seen = {}, {}
  local maker = maker_of(pattern)
  local stand_in = watched(msg, function(name, value)
    if not seen[name] then
      seen[name] = true
      local wants = ""
      if maker == "hasMatchingTag" or maker == "hasMatchingTagOf" then
        local _, satisfied = asked_of_tag(pattern, values)
        wants = satisfied[1] and table.concat(satisfied, " or ") or "a certain value"
      end
      parts[#parts + 1] = { name, wants, value ~= nil and text_of(value) or "", verdict ~= 0 }
    end
  end, "")
  pcall(pattern, stand_in)
  return parts
end

return function(raw, values)
  local msg = message_of(raw)
  local refusal = refused(msg)
  local list, taken = {}, false
  for i, handler in ipairs(Handlers.list) do
    local pattern, kind = handler.pattern, type(handler.pattern)
    local candidates = with_name(handler.name, values)
    local is_default = handler.name == "_default"
    local verdict, problem = judged(pattern, msg)
    local parts = {}
    if kind == "string" then
      parts = { { "Action", quoted(pattern), msg.Action ~= nil and text_of(msg.Action) or "", msg.Action == pattern } }
    elseif kind == "table" then
      parts = field_parts(pattern, msg)
    elseif kind == "function" and not is_default then
      parts = function_parts(pattern, msg, verdict, candidates)
    end
    local state = "no"
    if problem then
      state = "error"
    elseif is_default then
      state = "default"
    elseif verdict ~= 0 then
      state = verdict > 0 and "on" or "stop"
    end
    list[i] = { tostring(handler.name), state, kind, problem or "", parts, described(pattern, candidates), taken }
    taken = taken or state == "stop" or state == "error"
  end
  -- What none took goes to the default, wherever that stands.
  for _, judgement in ipairs(list) do
    judgement[7] = judgement[7] or judgement[2] == "default" and taken
  end
  return { refusal, list }
end
