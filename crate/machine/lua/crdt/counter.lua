-- Counters: each replica counts for itself, and of two counts by one replica the greater is the newer.

local write = require(".crdt.write")

local function checked(counts)
  local copy = {}
  for replica, count in pairs(counts) do
    assert(type(replica) == "string", "a replica's id is a text")
    copy[replica] = write.integer(count, "a count")
    assert(copy[replica] >= 0, "a count is not negative")
  end
  return copy
end

local function join(counts, others)
  for replica, count in pairs(others) do
    counts[replica] = math.max(counts[replica] or 0, count)
  end
end

local function sum(counts)
  local total = 0
  for _, count in pairs(counts) do
    total = total + count
  end
  return total
end

local function add(counts, by, replica)
  by = by == nil and 1 or write.integer(by, "what is counted")
  assert(by >= 0, "a counter counts upwards")
  replica = write.replica(replica)
  counts[replica] = (counts[replica] or 0) + by
end

local function exact(counts)
  local copy = {}
  for replica, count in pairs(counts) do
    copy[replica] = write.exact(count)
  end
  return copy
end

--- A counter that grows.
local GCounter = {}

function GCounter.empty()
  return { counts = {} }
end

--- Counts one, or `by`; answers the counter.
function GCounter:increment(by, replica)
  add(self.counts, by, replica)
  return self
end

--- What all replicas counted.
function GCounter:value()
  return sum(self.counts)
end

function GCounter:merge(other)
  join(self.counts, checked(other.counts))
end

--- Plain data.
function GCounter:toTable()
  return { type = self.type, counts = exact(self.counts) }
end

--- A counter that goes up and down.
local PNCounter = {}

function PNCounter.empty()
  return { up = {}, down = {} }
end

--- Counts one more, or `by`; answers the counter.
function PNCounter:increment(by, replica)
  add(self.up, by, replica)
  return self
end

--- Counts one less, or `by`; answers the counter.
function PNCounter:decrement(by, replica)
  add(self.down, by, replica)
  return self
end

--- What all replicas counted.
function PNCounter:value()
  return sum(self.up) - sum(self.down)
end

function PNCounter:merge(other)
  local up, down = checked(other.up), checked(other.down)
  join(self.up, up)
  join(self.down, down)
end

--- Plain data.
function PNCounter:toTable()
  return { type = self.type, up = exact(self.up), down = exact(self.down) }
end

return { GCounter = GCounter, PNCounter = PNCounter }
