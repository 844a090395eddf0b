-- A map from text to values: of all that was written to a key, the last. A removal is a write, too.

local write = require(".crdt.write")

local LWWMap = {}

function LWWMap.empty()
  return { writes = {} }
end

--- Writes a value, any that JSON can hold, to a key; nil removes it. Answers the map.
function LWWMap:set(key, value, replica, time)
  assert(type(key) == "string", "a key is a text")
  local last = self.writes[key]
  self.writes[key] = write.latest(last, write.new(value, replica, time, last))
  return self
end

--- Removes a key; answers the map.
function LWWMap:remove(key, replica, time)
  return self:set(key, nil, replica, time)
end

--- The value of a key; nil if it has none.
function LWWMap:get(key)
  local last = self.writes[key]
  return last and last.value
end

--- Whether a key has a value.
function LWWMap:has(key)
  return self:get(key) ~= nil
end

--- The keys that have values, sorted.
function LWWMap:keys()
  local keys = {}
  for key, last in pairs(self.writes) do
    if last.value ~= nil then
      keys[#keys + 1] = key
    end
  end
  table.sort(keys)
  return keys
end

--- All of it as a plain table.
function LWWMap:value()
  local values = {}
  for _, key in ipairs(self:keys()) do
    values[key] = ao.clone(self:get(key))
  end
  return values
end

function LWWMap:merge(other)
  local received = {}
  for key, last in pairs(other.writes) do
    assert(type(key) == "string", "a key is a text")
    received[key] = write.received(last)
  end
  for key, last in pairs(received) do
    self.writes[key] = write.latest(self.writes[key], last)
  end
end

--- Plain data.
function LWWMap:toTable()
  local writes = {}
  for key, last in pairs(self.writes) do
    writes[key] = write.to_table(last)
  end
  return { type = self.type, writes = writes }
end

return LWWMap
