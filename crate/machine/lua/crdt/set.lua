-- A set in which an addition outlives the removals that did not know of it (observed-remove, without
-- tombstones: Bieniusa and others, 2012). Each addition is numbered by its replica. `seen` says how many
-- of each replica's additions this value knows; one that it knows and does not hold was removed.

local write = require(".crdt.write")

local ORSet = {}

function ORSet.empty()
  return { seen = {}, members = {} }
end

-- An element as a key: texts, numbers and booleans are told apart.
local function key_of(element)
  local kind = type(element)
  assert(kind == "string" or kind == "number" or kind == "boolean", "an element is a text, a number or a boolean")
  if kind == "number" then
    assert(element == element, "an element is not NaN")
    element = math.tointeger(element) or ("%.14g"):format(element)
  end
  return kind:sub(1, 1) .. tostring(element)
end

local function element_of(key)
  local kind, text = key:sub(1, 1), key:sub(2)
  if kind == "n" then
    return tonumber(text)
  elseif kind == "b" then
    return text == "true"
  end
  return text
end

--- Adds an element; answers the set.
function ORSet:add(element, replica)
  local key = key_of(element)
  replica = write.replica(replica)
  local number = (self.seen[replica] or 0) + 1
  self.seen[replica] = number
  self.members[key] = self.members[key] or {}
  self.members[key][replica] = number
  return self
end

--- Removes an element, as far as its additions are known here; answers the set.
function ORSet:remove(element)
  self.members[key_of(element)] = nil
  return self
end

--- Whether the element is in the set.
function ORSet:has(element)
  return self.members[key_of(element)] ~= nil
end

--- The elements: numbers, then texts, each sorted, then booleans.
function ORSet:value()
  local elements = {}
  for key in pairs(self.members) do
    elements[#elements + 1] = element_of(key)
  end
  local rank = { number = 1, string = 2, boolean = 3 }
  table.sort(elements, function(a, b)
    local rank_a, rank_b = rank[type(a)], rank[type(b)]
    if rank_a ~= rank_b then
      return rank_a < rank_b
    elseif rank_a == 3 then
      return not a and b
    end
    return a < b
  end)
  return elements
end

--- How many elements there are.
function ORSet:size()
  local size = 0
  for _ in pairs(self.members) do
    size = size + 1
  end
  return size
end

local function checked(numbers)
  local copy = {}
  for replica, number in pairs(numbers) do
    assert(type(replica) == "string", "a replica's id is a text")
    copy[replica] = write.integer(number, "an addition's number")
  end
  return copy
end

-- The additions in `mine` that are in `yours` too, or that you do not know.
local function kept(mine, yours, you_saw, into)
  for replica, number in pairs(mine) do
    if (yours and yours[replica] == number) or number > (you_saw[replica] or 0) then
      into[replica] = number
    end
  end
  return into
end

function ORSet:merge(other)
  local seen, members = checked(other.seen), {}
  for key, numbers in pairs(other.members) do
    assert(type(key) == "string" and key:find("^[nsb]"), "an element has its key")
    members[key] = checked(numbers)
  end

  local merged = {}
  for key, numbers in pairs(self.members) do
    merged[key] = kept(numbers, members[key], seen, {})
  end
  for key, numbers in pairs(members) do
    merged[key] = kept(numbers, self.members[key], self.seen, merged[key] or {})
  end
  self.members = {}
  for key, numbers in pairs(merged) do
    self.members[key] = next(numbers) and numbers
  end
  for replica, number in pairs(seen) do
    self.seen[replica] = math.max(self.seen[replica] or 0, number)
  end
end

--- Plain data.
function ORSet:toTable()
  local members = {}
  for key, numbers in pairs(self.members) do
    members[key] = checked(numbers)
  end
  return { type = self.type, seen = checked(self.seen), members = members }
end

return ORSet
