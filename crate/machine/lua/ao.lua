-- What a process knows of itself and may ask of the network.

local is_list = require(".list")
local iterable = require(".iterable")

local function empty_outbox()
  return { Output = {}, Messages = {}, Spawns = {}, Assignments = {} }
end

-- Kept when the module is loaded again.
local ao = ao or { id = "", _module = "", authorities = {}, reference = 0, outbox = empty_outbox() }
ao._version = "0.0.6"

--- Tags that are not copied to the root of a message.
ao.nonExtractableTags = {
  "Data-Protocol", "Variant", "From-Process", "From-Module", "Type", "From", "Owner", "Anchor", "Target",
  "Data", "Tags", "Read-Only",
}

--- Fields that a forwarded message leaves behind.
ao.nonForwardableTags = {
  "Data-Protocol", "Variant", "From-Process", "From-Module", "Type", "From", "Owner", "Anchor", "Target",
  "Tags", "TagArray", "Hash-Chain", "Timestamp", "Nonce", "Epoch", "Signature", "Forwarded-By",
  "Pushed-For", "Read-Only", "Cron", "Block-Height", "Reference", "Id", "Reply-To",
}

local function contains(list, value)
  for i = 1, #list do
    if list[i] == value then
      return true
    end
  end
  return false
end

local function tag_value(tags, name)
  for _, tag in ipairs(tags) do
    if tag.name == name then
      return tag.value
    end
  end
end

--- A deep copy, with metatables; a table that contains itself stays so.
function ao.clone(value, seen)
  if type(value) ~= "table" then
    return value
  end
  seen = seen or {}
  if seen[value] then
    return seen[value]
  end
  local copy = setmetatable({}, getmetatable(value))
  seen[value] = copy
  for key, field in pairs(value) do
    copy[ao.clone(key, seen)] = ao.clone(field, seen)
  end
  return copy
end

-- The fields that are the message's own: no tag takes their place.
local PROTECTED = {
  Id = true, Timestamp = true, ["Block-Height"] = true, Nonce = true, Epoch = true, Cron = true,
  ["Hash-Chain"] = true, Signature = true, ["Forwarded-By"] = true,
}

-- `ao.nonExtractableTags` as a set. A process may change the list: it is compared at every message.
local known, is_kept_back = {}, {}

local function kept_back()
  local list = ao.nonExtractableTags
  local n = #list
  local is_same = n == #known
  for i = 1, n do
    is_same = is_same and list[i] == known[i]
  end
  if not is_same then
    known, is_kept_back = {}, {}
    for i = 1, n do
      known[i] = list[i]
      if list[i] ~= nil then
        is_kept_back[list[i]] = true
      end
    end
  end
  return is_kept_back
end

--- Copies a message's tags to its root, the last of several with one name.
function ao.normalize(msg)
  local tags, stays = iterable(msg.Tags), kept_back()
  local i, tag = 1, tags[1]
  while tag ~= nil do
    local name = tag.name
    if not stays[name] and not (PROTECTED[name] and msg[name] ~= nil) then
      msg[name] = tag.value
    end
    i = i + 1
    tag = tags[i]
  end
  return msg
end

--- A copy without what must not be forwarded.
function ao.sanitize(msg)
  local copy = ao.clone(msg)
  for _, name in ipairs(ao.nonForwardableTags) do
    copy[name] = nil
  end
  return copy
end

-- The addresses that a tag names, separated by commas. The tags of a process stay the same: each is read once.
local named = {}

local function addresses(text)
  if not named[text] then
    local list = {}
    for address in string.gmatch(text, "[^,]+") do
      list[#list + 1] = address:match("^%s*(.-)%s*$")
    end
    named[text] = list
  end
  return named[text]
end

--- Learns what the environment says of this process.
function ao.init(env)
  if ao.id == "" then
    ao.id = env.Process.Id
  end
  if ao._module == "" then
    ao._module = tag_value(env.Process.Tags, "Module") or ""
  end
  local tags = iterable(env.Process.Tags)
  local i, tag = 1, tags[1]
  while tag ~= nil do
    if tag.name == "Authority" then
      for _, authority in ipairs(addresses(tag.value)) do
        if not contains(ao.authorities, authority) then
          table.insert(ao.authorities, authority)
        end
      end
    end
    i = i + 1
    tag = tags[i]
  end
  ao.outbox = empty_outbox()
  ao.env = env
end

--- Empties what the process has to say.
function ao.clearOutbox()
  ao.outbox = empty_outbox()
end

--- Notes a text in the outbox.
function ao.log(text)
  table.insert(ao.outbox.Output, text)
end

-- The fields of `msg` that are not the message's own parts, then its tags, become tags.
local OWN_PARTS = { Target = true, Data = true, Anchor = true, Tags = true, From = true }

local function append_tags(tags, msg)
  for name, value in pairs(msg) do
    if not OWN_PARTS[name] then
      tags[#tags + 1] = { name = name, value = value }
    end
  end
  if not msg.Tags then
    return
  elseif is_list(msg.Tags) then
    for _, tag in ipairs(msg.Tags) do
      table.insert(tags, tag)
    end
  else
    for name, value in pairs(msg.Tags) do
      table.insert(tags, { name = name, value = value })
    end
  end
end

local function next_anchor()
  ao.reference = ao.reference + 1
  return string.format("%032d", ao.reference), tostring(ao.reference)
end

-- What `send` and `spawn` answer: what goes out, and ways to await the reply.
local function awaitable(sent, on_reply, receive)
  return {
    Target = sent.Target,
    Data = sent.Data,
    Anchor = sent.Anchor,
    Tags = sent.Tags,
    onReply = on_reply,
    receive = receive,
  }
end

--- Sends a message when this one is evaluated.
function ao.send(msg)
  assert(type(msg) == "table", "msg should be a table")
  local anchor, reference = next_anchor()
  local message = {
    Target = msg.Target,
    Data = msg.Data,
    Anchor = anchor,
    Tags = {
      { name = "Data-Protocol", value = "ao" },
      { name = "Variant", value = "ao.TN.1" },
      { name = "Type", value = "Message" },
      { name = "Reference", value = reference },
    },
  }
  append_tags(message.Tags, msg)
  table.insert(ao.outbox.Messages, message)

  return awaitable(message, function(...)
    local from, resolver = message.Target, ...
    if select("#", ...) == 2 then
      from, resolver = ...
    end
    Handlers.once({ From = from, ["X-Reference"] = reference }, resolver)
  end, function(from)
    return Handlers.receive({ From = from or message.Target, ["X-Reference"] = reference })
  end)
end

--- Asks for a new process when this message is evaluated.
function ao.spawn(module, msg)
  assert(type(module) == "string", "Module source id is required!")
  assert(type(msg) == "table", "Message must be a table")
  local anchor, reference = next_anchor()
  local spawn = {
    Data = msg.Data or "NODATA",
    Anchor = anchor,
    Tags = {
      { name = "Data-Protocol", value = "ao" },
      { name = "Variant", value = "ao.TN.1" },
      { name = "Type", value = "Process" },
      { name = "From-Process", value = ao.id },
      { name = "From-Module", value = ao._module },
      { name = "Module", value = module },
      { name = "Reference", value = reference },
    },
  }
  append_tags(spawn.Tags, msg)
  table.insert(ao.outbox.Spawns, spawn)

  local spawned = { Action = "Spawned", From = ao.id, Reference = reference }
  return awaitable(spawn, function(callback)
    Handlers.once(spawned, callback)
  end, function()
    return Handlers.receive(spawned)
  end)
end

--- Asks that a message be assigned to processes.
function ao.assign(assignment)
  assert(type(assignment) == "table", "assignment should be a table")
  assert(type(assignment.Processes) == "table", "Processes should be a table")
  assert(type(assignment.Message) == "string", "Message should be a string")
  table.insert(ao.outbox.Assignments, assignment)
end

--- Whether the message's sender or signer is an authority of this process.
function ao.isTrusted(msg)
  for _, authority in ipairs(ao.authorities) do
    if msg.From == authority or msg.Owner == authority then
      return true
    end
  end
  return false
end

--- The outcome: with an error that alone, otherwise what the outbox holds.
function ao.result(result)
  if result.Error or ao.outbox.Error then
    return { Error = result.Error or ao.outbox.Error }
  end
  return {
    Output = result.Output or ao.outbox.Output,
    Messages = ao.outbox.Messages,
    Spawns = ao.outbox.Spawns,
    Assignments = ao.outbox.Assignments,
  }
end

function ao.registerHint() end

require(".assignment").init(ao)

_G.ao = ao
package.loaded.ao = ao

return ao
