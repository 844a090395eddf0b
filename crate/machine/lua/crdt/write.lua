-- A write: a value, when it was written, and by which replica. The latest wins.

local clock = require(".clock")

local write = {}

-- JSON keeps fourteen digits; what is longer travels as text.
local EXACT = 10 ^ 14

--- An integer as JSON keeps it.
function write.exact(integer)
  return math.abs(integer) < EXACT and integer or tostring(integer)
end

--- The integer that `exact` gave; an error for anything else.
function write.integer(value, name)
  local integer = math.tointeger(tonumber(value))
  assert(integer, name .. " is not an integer")
  return integer
end

--- The replica that acts: the one named, or this process.
function write.replica(replica)
  replica = replica or ao.id
  assert(type(replica) == "string" and replica ~= "", "a replica's id is a text")
  return replica
end

--- A write by a replica. Its time is the message's unless told, or just after the `previous` write
-- that it follows.
function write.new(value, replica, time, previous)
  local made = { value = ao.clone(value), replica = write.replica(replica), time = time }
  if time then
    made.time = write.integer(time, "a write's time")
    return made
  end
  made.time = math.tointeger(tonumber(clock.now)) or 0
  if previous and made.time <= previous.time then
    made.time = previous.time + 1
  end
  return made
end

--- A copy of a write that came from elsewhere.
function write.received(data)
  assert(type(data) == "table" and type(data.replica) == "string", "a write names its replica")
  return { value = ao.clone(data.value), replica = data.replica, time = write.integer(data.time, "a write's time") }
end

--- A write as plain data.
function write.to_table(made)
  return made and { value = ao.clone(made.value), replica = made.replica, time = write.exact(made.time) }
end

local function text(value)
  if type(value) ~= "table" then
    return type(value) .. ":" .. tostring(value)
  end
  local parts = {}
  for key, field in pairs(value) do
    parts[#parts + 1] = text(key) .. "=" .. text(field)
  end
  table.sort(parts)
  return "{" .. table.concat(parts, ",") .. "}"
end

--- The later of two writes, of which one may be absent: by time, then by replica. One replica's two
-- values of one time are a fault; even so every replica must choose alike.
function write.latest(a, b)
  if not (a and b) then
    return a or b
  elseif a.time ~= b.time then
    return a.time > b.time and a or b
  elseif a.replica ~= b.replica then
    return a.replica > b.replica and a or b
  end
  return text(a.value) >= text(b.value) and a or b
end

return write
