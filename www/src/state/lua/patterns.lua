-- What patterns ask for, in words; and a message as handlers see it.

-- The function of `Handlers.utils` that made `pattern`, if one did: it lies between that one's lines.
local function maker_of(pattern)
  local about = debug.getinfo(pattern, "S")
  for _, name in ipairs({ "hasMatchingTag", "hasMatchingTagOf", "hasMatchingData", "continue" }) do
    local maker = Handlers.utils and Handlers.utils[name]
    local outer = type(maker) == "function" and debug.getinfo(maker, "S")
    if outer and outer.source == about.source and about.linedefined > outer.linedefined
      and about.lastlinedefined <= outer.lastlinedefined then
      return name
    end
  end
end

-- A stand-in for a table that keeps which fields are read.
local function watched(t, note, prefix)
  return setmetatable({}, {
    __index = function(_, key)
      local value = t[key]
      if type(value) == "table" and key == "Tags" and prefix == "" then
        return watched(value, note, "Tags.")
      end
      note(prefix .. tostring(key), value)
      return value
    end,
    __pairs = function()
      return next, t, nil
    end,
  })
end

-- The tag that `hasMatchingTag` and its like ask for, and those of `values` that satisfy them. Only they are asked.
local function asked_of_tag(pattern, values)
  local tag
  local function answer(value)
    local tags = setmetatable({}, { __index = function(_, key)
      tag = key
      return value
    end })
    local ok, result = pcall(pattern, { Tags = tags })
    return ok and result == true
  end
  local satisfied = {}
  for _, value in ipairs(values) do
    if answer(value) then
      satisfied[#satisfied + 1] = quoted(value)
    end
  end
  return tag, satisfied
end

-- A handler is often named as the action that it takes: its name is tried, too.
local function with_name(name, values)
  local all, seen = {}, {}
  for _, value in ipairs({ tostring(name), table.unpack(values) }) do
    if not seen[value] then
      seen[value] = true
      all[#all + 1] = value
    end
  end
  return all
end

local MAGIC = "[%^%$%(%)%%%.%[%]%*%+%?]"

-- What one pattern of a field wants.
local function wanted(pattern)
  local kind = type(pattern)
  if pattern == "_" then
    return "any value"
  elseif kind == "string" then
    return (pattern:find(MAGIC) and "a match of " or "") .. quoted(pattern)
  elseif kind == "function" then
    return "what a function accepts (" .. lines_of(pattern) .. ")"
  elseif kind == "table" then
    local parts = {}
    for i, key in ipairs(sorted_keys(pattern)) do
      parts[i] = wanted(pattern[key])
    end
    return #parts == 0 and "nothing (an empty list)" or table.concat(parts, " or ")
  end
  return text_of(pattern) .. ", which nothing matches"
end

-- A handler's pattern in words. `values` are texts that messages may have.
local function described(pattern, values)
  local kind = type(pattern)
  if kind == "string" then
    return "Action = " .. quoted(pattern)
  elseif kind == "table" then
    local parts = {}
    for i, key in ipairs(sorted_keys(pattern)) do
      parts[i] = tostring(key) .. " = " .. wanted(pattern[key])
    end
    return #parts == 0 and "every message" or table.concat(parts, ", ")
  elseif kind ~= "function" then
    return "no message: the pattern is " .. text_of(pattern)
  end
  local maker = maker_of(pattern)
  if maker == "hasMatchingTag" or maker == "hasMatchingTagOf" then
    local tag, satisfied = asked_of_tag(pattern, values)
    if tag then
      return ("tag %s = %s"):format(tostring(tag), satisfied[1] and table.concat(satisfied, " or ") or "a certain value")
    end
  end
  return maker and ("Handlers.utils.%s"):format(maker) or "function, " .. lines_of(pattern)
end

-- A message of the log, `{ fields, tags }`, spelled and laid out as handlers see it.
local function message_of(raw)
  local msg, original = {}, {}
  for name, value in next, raw.fields do
    msg[name] = value
  end
  msg.Tags = {}
  for i, tag in ipairs(raw.tags) do
    local name = Utils.normalize(tag[1])
    if name ~= tag[1] then
      original[tag[1]] = name
    end
    msg.Tags[i] = { name = name, value = tag[2] }
  end
  ao.normalize(msg)
  msg.TagArray = msg.Tags
  msg.Tags = Tab(msg)
  -- Whom an authority of the process forwards for.
  if msg.Tags["From-Process"] and ao.isTrusted({ Owner = msg.Owner }) then
    msg.From = msg.Tags["From-Process"]
  end
  local function as_sent(t, name)
    return original[name] and rawget(t, original[name])
  end
  if next(original) ~= nil then
    setmetatable(msg, { __index = as_sent })
    setmetatable(msg.Tags, { __index = as_sent })
  end
  if msg.Tags["Content-Type"] == "application/json" then
    local ok, value = pcall(json.decode, msg.Data or "{}")
    msg.Data = ok and value or msg.Data
  end
  msg.reply, msg.forward = function() end, function() end
  return msg
end

-- What a pattern answered, as `Handlers.evaluate` takes it: below 0 stops, above goes on, 0 passes by; nil is an error.
local function verdict_of(answer)
  if type(answer) == "number" then
    return answer
  elseif type(answer) == "boolean" then
    return answer and -1 or 0
  elseif type(answer) == "string" then
    return answer == "continue" and 1 or answer == "break" and -1 or 0
  end
end

-- The verdict, or nil and why there is none.
local function judged(pattern, msg)
  local ok, answer = pcall(Utils.matchesSpec, msg, pattern)
  if not ok then
    return nil, tostring(answer)
  end
  local verdict = verdict_of(answer)
  return verdict, verdict == nil and "the pattern answered " .. text_of(answer) .. ", which is no verdict" or nil
end

local function refused(msg)
  if msg.From ~= msg.Owner and not ao.isTrusted(msg) then
    return "It was not trusted: it came from " .. tostring(msg.From) .. ", was signed by " .. tostring(msg.Owner)
      .. ", and neither is an authority of the process."
  elseif ao.isAssignment(msg) and not ao.isAssignable(msg) then
    return "It is for another process, and no assignable of this one matches it."
  end
  return false
end
