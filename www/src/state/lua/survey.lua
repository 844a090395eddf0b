-- What tells two states apart, in few words: values as they are where they are few, and digests of what is many.
local INLINE, BUCKETS, BUDGET = 500, 256, 4000
local PRIME = 0x9E3779B97F4A7C15

local function mixed(h, word)
  h = (h ~ word) * PRIME
  return h ~ (h >> 29)
end

local SHORT = { [0] = "<", "<I1", "<I2", "<I3", "<I4", "<I5", "<I6", "<I7" }
local unpack = string.unpack

-- Eight bytes at a time, the last of which may overlap.
local function hash_text(text)
  local length, position = #text, 1
  if length < 8 then
    return mixed(length, length > 0 and (unpack(SHORT[length], text)) or 1)
  end
  local h = length
  while position + 31 <= length do
    local a, b, c, d = unpack("<i8i8i8i8", text, position)
    h = (h ~ a) * PRIME
    h = ((h ~ (h >> 29)) ~ b) * PRIME
    h = ((h ~ (h >> 29)) ~ c) * PRIME
    h = ((h ~ (h >> 29)) ~ d) * PRIME
    h = h ~ (h >> 29)
    position = position + 32
  end
  while position + 7 <= length do
    h = mixed(h, (unpack("<i8", text, position)))
    position = position + 8
  end
  return mixed(h, (unpack("<i8", text, length - 7)))
end

local known, sizes, parts, open = {}, {}, {}, {}
local hash

-- Keys that are tables are told by their place.
local function hash_key(key)
  local kind = type(key)
  return kind == "string" and hash_text(key) or kind == "table" and hash_text(("%p"):format(key)) or hash(key)
end

local function bucket_of(key)
  return (hash_key(key) >> 40) % BUCKETS + 1
end

-- Of a table with many entries, the digest of each part, too.
local function hash_table(t)
  open[t] = true
  local sums = count_of(t) > BUCKETS and {} or nil
  for i = 1, sums and BUCKETS or 0 do
    sums[i] = 0
  end
  local sum, size = 6, 0
  for key, value in next, t do
    local named = hash_key(key)
    local both = mixed(named, hash(value))
    sum = sum + both
    size = size + 1 + (type(value) == "table" and sizes[value] or 0)
    if sums then
      local bucket = (named >> 40) % BUCKETS + 1
      sums[bucket] = sums[bucket] + both
    end
  end
  open[t] = nil
  known[t], sizes[t], parts[t] = sum, size, sums
  return sum
end

function hash(value)
  local kind = type(value)
  if kind == "string" then
    return hash_text(value)
  elseif kind == "number" then
    return mixed(2, math.type(value) == "integer" and value or unpack("<i8", string.pack("<d", value)))
  elseif kind == "boolean" then
    return value and 3 or 4
  elseif kind ~= "table" then
    -- What was not made anew keeps its place in memory.
    return hash_text(("%s %p"):format(text_of(value), value))
  end
  return known[value] or (open[value] and 5) or hash_table(value)
end

local function digests_of_parts(t)
  local digests = {}
  for i, sum in ipairs(parts[t]) do
    digests[i] = ("%x"):format(sum)
  end
  return digests
end

local inlined, split = {}, 0

-- A table: its entries, each with what is within it; or, of one with many entries, digests of parts of it.
local function survey(t, path, label, budget, buckets)
  if not buckets and parts[t] then
    return { {}, digests_of_parts(t) }
  end
  local wanted = buckets and {} or nil
  for _, bucket in ipairs(buckets or {}) do
    wanted[bucket] = true
  end
  local entries = {}
  inlined[t] = true
  for key, value in next, t do
    if not wanted or wanted[bucket_of(key)] then
      local name = label_of(key)
      local whole = label == "" and name or label .. label_of_step(name)
      local entry = entry_of(path, key, value)
      entry[2] = whole
      entry[6] = ("%x"):format(hash(value))
      if type(value) == "table" and entry[1] ~= "" and not inlined[value] and sizes[value] and sizes[value] <= budget then
        entry[7] = survey(value, entry[1], whole, math.min(budget, INLINE))
      elseif type(value) == "table" and entry[1] ~= "" and parts[value] and split < 8 then
        split = split + 1
        entry[7] = { {}, digests_of_parts(value) }
      end
      entries[#entries + 1] = entry
    end
  end
  inlined[t] = nil
  return { entries, {} }
end

-- For each `{ path, label, buckets }` a survey, or an empty list where there is no table.
return function(requests)
  local surveys, left = {}, BUDGET
  for i, request in ipairs(requests) do
    local path, label, buckets = request[1], request[2], request[3]
    local t = at(path)
    surveys[i] = {}
    if type(t) == "table" then
      -- Of a large table of which parts are wanted, only they are read.
      local size = buckets and BUDGET or hash(t) and sizes[t]
      local budget = size <= left and BUDGET or INLINE // 10
      left = left - math.min(left, size)
      surveys[i] = survey(t, path, label, budget, buckets)
    end
  end
  return surveys
end
