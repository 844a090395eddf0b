-- State that replicas change apart and merge in any order: conflict-free replicated data types
-- (Shapiro and others, 2011). Beyond aos. Merging is commutative, associative and idempotent.
--
-- `toTable` gives plain data, fit for a message's JSON; `crdt.fromTable` takes it back, and `merge` takes
-- either. A replica is a process: its id is `ao.id` unless told. One id must change one value only, never
-- two copies of it. What was not made by these functions is refused, and then nothing is merged.

local counter = require(".crdt.counter")

local crdt = {
  GCounter = counter.GCounter,
  PNCounter = counter.PNCounter,
  LWWRegister = require(".crdt.register"),
  LWWMap = require(".crdt.map"),
  ORSet = require(".crdt.set"),
}

local by_name = {}

for name, class in pairs(crdt) do
  class.__index = class
  class.type = name
  by_name[name] = class
  local merge = class.merge

  --- A new, empty value of the class.
  function class.new()
    return setmetatable(class.empty(), class)
  end

  --- Takes in what another value, or its table, holds; answers this one.
  function class:merge(other)
    if type(other) ~= "table" or other.type ~= name then
      error("a " .. name .. " merges with a " .. name .. " only", 2)
    end
    merge(self, other)
    return self
  end

  --- A value from what `toTable` gave, here or on another process.
  function class.fromTable(data)
    return class.new():merge(data)
  end
end

--- A value of any class from what its `toTable` gave.
function crdt.fromTable(data)
  local class = type(data) == "table" and by_name[data.type]
  if not class then
    error("not the table of a replicated value: " .. tostring(type(data) == "table" and data.type or data), 2)
  end
  return class.fromTable(data)
end

return crdt
