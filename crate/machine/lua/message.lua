-- A message as handlers see it.

local _, native = ...

local ao = require(".ao")
local iterable = require(".iterable")
local utils = require(".utils")

local message = {}

--- The tags as a map, the first of several with one name.
function Tab(msg)
  local map, tags = {}, iterable(msg.Tags)
  local i, tag = 1, tags[1]
  while tag ~= nil do
    local name = tag.name
    if map[name] == nil then
      map[name] = tag.value
    end
    i = i + 1
    tag = tags[i]
  end
  return map
end

-- The fields with their names in aos's spelling.
local function spelled(msg)
  local normalize = utils.normalize
  for name in pairs(msg) do
    if normalize(name) ~= name then
      local fields = {}
      for other, value in pairs(msg) do
        fields[normalize(other)] = value
      end
      return fields
    end
  end
  return msg
end

-- Spells the fields and tags as aos does, and copies the tags to the root.
local function normalized(msg)
  -- As of nearly every message.
  if native.is_spelled(msg) then
    ao.normalize(msg)
    return msg, {}
  end
  local fields = spelled(msg)
  local original = {}
  for _, tag in ipairs(fields.Tags) do
    local name = utils.normalize(tag.name)
    if name ~= tag.name then
      original[tag.name] = name
      tag.name = name
    end
  end
  ao.normalize(fields)
  return fields, original
end

-- Tags can be read as their sender spelled them, too; `pairs` shows aos's spelling only.
local function readable_as_sent(fields, original)
  local function alias(t, name)
    return original[name] and rawget(t, original[name])
  end
  if next(original) ~= nil then
    setmetatable(fields, { __index = alias })
    setmetatable(fields.Tags, { __index = alias })
  end
end

local function reply_with(msg)
  return function(reply)
    reply.Target = msg["Reply-To"] or reply.Target or msg.From
    reply["X-Reference"] = msg["X-Reference"] or msg.Reference
    reply["X-Origin"] = msg["X-Origin"] or nil
    return ao.send(reply)
  end
end

local function forward_of(msg)
  return function(target, overrides)
    local forwarded = ao.sanitize(msg)
    for name, value in pairs(overrides or {}) do
      forwarded[name] = value
    end
    forwarded.reply, forwarded.forward = nil, nil
    forwarded.Target = target
    forwarded["Reply-To"] = msg["Reply-To"] or msg.From
    forwarded["X-Reference"] = msg["X-Reference"] or msg.Reference
    forwarded["X-Origin"] = msg["X-Origin"] or msg.From
    ao.send(forwarded)
  end
end

--- Turns the list of tags into a map, and keeps the list beside it.
function message.map_tags(msg)
  msg.TagArray = msg.Tags
  msg.Tags = Tab(msg)
end

--- A message as it arrived, spelled and laid out for handlers.
function message.prepare(msg)
  local fields, original = normalized(msg)
  message.map_tags(fields)
  readable_as_sent(fields, original)
  return fields
end

--- Gives it the means to be answered and passed on.
function message.attach(msg)
  msg.reply = reply_with(msg)
  msg.forward = forward_of(msg)
end

return message
