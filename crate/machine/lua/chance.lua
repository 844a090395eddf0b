-- Random numbers that every replay repeats: the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998).

local N, M = 624, 397
local UPPER, LOWER, LIMIT = 0x80000000, 0x7FFFFFFF, 0xFFFFFFFF

local state, index = {}, nil

local chance = {}

--- Starts the sequence anew from a 32-bit seed.
function chance.seed(seed)
  state[0] = seed & LIMIT
  for i = 1, N - 1 do
    local previous = state[i - 1]
    state[i] = (1812433253 * (previous ~ previous >> 30) + i) & LIMIT
  end
  index = N
end

local function twist()
  for i = 0, N - 1 do
    local joined = state[i] & UPPER | state[(i + 1) % N] & LOWER
    local mixed = state[(i + M) % N] ~ joined >> 1
    state[i] = joined & 1 == 1 and mixed ~ 0x9908B0DF or mixed
  end
  index = 0
end

local function next_32_bits()
  if index >= N then
    twist()
  end
  local y = state[index]
  index = index + 1
  y = y ~ y >> 11
  y = y ~ y << 7 & 0x9D2C5680
  y = y ~ y << 15 & 0xEFC60000
  return (y ~ y >> 18) & LIMIT
end

--- A float in [0, 1); one half before the first seed.
function chance.random()
  return index and next_32_bits() * 2.0 ^ -32 or 0.5
end

--- An integer between `min` and `max`, both included.
function chance.integer(min, max)
  assert(max >= min, "max must bigger than min")
  return math.floor(chance.random() * (max - min + 1) + min)
end

--- `math.random` over this sequence. Trailing nils do not count, as on aos.
function math.random(...)
  local count, first, second = #{ ... }, ...
  if count == 1 then
    return chance.integer(1, first)
  elseif count == 2 then
    return chance.integer(first, second)
  end
  return chance.random()
end

--- The sequence is the process's own: nothing starts it anew.
function math.randomseed() end

return chance
