-- Unsigned arithmetic on arrays of words, the least significant first. Every result is modulo the width.

--- The operations on arrays of `n` words of `bits` bits each.
return function(n, bits)
  local MASK = (1 << bits) - 1
  local raw = { n = n, bits = bits, mask = MASK, top = 1 << (bits - 1) }

  -- An unsigned 64-bit number by one below 2^63: quotient and remainder.
  local function divide_small(a, b)
    if a >= 0 then
      return a // b, a % b
    end
    local quotient = (a >> 1) // b << 1
    local rest = a - quotient * b
    if not math.ult(rest, b) then
      return quotient + 1, rest - b
    end
    return quotient, rest
  end

  function raw.fill(out, word)
    for i = 1, n do
      out[i] = word
    end
    return out
  end

  function raw.copy(out, a)
    return table.move(a, 1, n, 1, out)
  end

  function raw.add(out, a, b)
    local carry = 0
    for i = 1, n do
      local sum = a[i] + b[i] + carry
      out[i] = sum & MASK
      carry = sum >> bits
    end
    return out
  end

  function raw.subtract(out, a, b)
    local borrow = 0
    for i = 1, n do
      local difference = a[i] - b[i] - borrow
      out[i] = difference & MASK
      borrow = difference < 0 and 1 or 0
    end
    return out
  end

  --- Adds a small number, which may be -1, with its carry.
  function raw.step(out, a, by)
    for i = 1, n do
      local sum = a[i] + by
      out[i] = sum & MASK
      by = sum >> bits ~= 0 and (by > 0 and 1 or -1) or 0
    end
    return out
  end

  function raw.invert(out, a)
    for i = 1, n do
      out[i] = ~a[i] & MASK
    end
    return out
  end

  function raw.negate(out, a)
    return raw.step(out, raw.invert(out, a), 1)
  end

  function raw.multiply(a, b)
    local out = raw.fill({}, 0)
    for i = 1, n do
      local factor, carry = a[i], 0
      if factor ~= 0 then
        for j = 1, n - i + 1 do
          local sum = out[i + j - 1] + factor * b[j] + carry
          out[i + j - 1] = sum & MASK
          carry = sum >> bits
        end
      end
    end
    return out
  end

  --- `a = a * factor + summand` in place, both of one word.
  function raw.append_digit(a, factor, summand)
    for i = 1, n do
      local sum = a[i] * factor + summand
      a[i] = sum & MASK
      summand = sum >> bits
    end
  end

  --- `a = a // divisor` in place, by one word; answers the remainder.
  function raw.remove_digit(a, divisor)
    local rest = 0
    for i = n, 1, -1 do
      a[i], rest = divide_small(rest << bits | a[i], divisor)
    end
    return rest
  end

  --- -1, 0 or 1 as `a` is less than, equal to or greater than `b`.
  function raw.compare(a, b)
    for i = n, 1, -1 do
      if a[i] ~= b[i] then
        return a[i] < b[i] and -1 or 1
      end
    end
    return 0
  end

  --- How many words count.
  function raw.length(a)
    local length = n
    while length > 0 and a[length] == 0 do
      length = length - 1
    end
    return length
  end

  -- To the left by less than a word, from `length` words into `length + 1`.
  local function normalized(a, length, shift)
    local out, carry = {}, 0
    for i = 1, length do
      local word = a[i] << shift | carry
      out[i] = word & MASK
      carry = word >> bits
    end
    out[length + 1] = carry
    return out
  end

  -- One step of long division: subtracts `divisor * quotient` at `at`; puts back what was too much.
  local function subtract_product(rest, divisor, length, quotient, at)
    local borrow = 0
    for i = 1, length do
      local product = divisor[i] * quotient + borrow
      local difference = rest[at + i] - (product & MASK)
      rest[at + i] = difference & MASK
      borrow = (product >> bits) + (difference < 0 and 1 or 0)
    end
    local last = rest[at + length + 1] - borrow
    rest[at + length + 1] = last & MASK
    if last >= 0 then
      return quotient
    end
    local carry = 0
    for i = 1, length do
      local sum = rest[at + i] + divisor[i] + carry
      rest[at + i] = sum & MASK
      carry = sum >> bits
    end
    rest[at + length + 1] = rest[at + length + 1] + carry & MASK
    return quotient - 1
  end

  -- Long division by two words or more (Knuth, The Art of Computer Programming 4.3.1, algorithm D).
  local function divide_long(a, a_length, b, b_length)
    local shift = 0
    while b[b_length] << shift & raw.top == 0 do
      shift = shift + 1
    end
    local rest, divisor = normalized(a, a_length, shift), normalized(b, b_length, shift)
    local high, second = divisor[b_length], divisor[b_length - 1]
    local quotient = raw.fill({}, 0)
    for at = a_length - b_length, 0, -1 do
      local above = rest[at + b_length + 1] << bits | rest[at + b_length]
      local guess, left = divide_small(above, high)
      while guess > MASK or math.ult(left << bits | rest[at + b_length - 1], guess * second) do
        guess, left = guess - 1, left + high
        if left > MASK then
          break
        end
      end
      quotient[at + 1] = subtract_product(rest, divisor, b_length, guess, at)
    end
    local remainder = raw.fill({}, 0)
    for i = 1, b_length do
      remainder[i] = (rest[i] >> shift | rest[i + 1] << (bits - shift)) & MASK
    end
    return quotient, remainder
  end

  --- Quotient and remainder; `b` is not zero.
  function raw.divide(a, b)
    local a_length, b_length = raw.length(a), raw.length(b)
    if a_length < b_length then
      return raw.fill({}, 0), raw.copy({}, a)
    elseif b_length == 1 then
      local quotient, remainder = raw.copy({}, a), raw.fill({}, 0)
      remainder[1] = raw.remove_digit(quotient, b[1])
      return quotient, remainder
    end
    return divide_long(a, a_length, b, b_length)
  end

  --- To the left by `count` bits, to the right if it is negative; zeros come in.
  function raw.shift(a, count)
    local out = raw.fill({}, 0)
    if count <= -n * bits or count >= n * bits then
      return out
    end
    local whole, part = count // bits, count % bits
    for i = 1, n do
      local low, high = a[i - whole - 1] or 0, a[i - whole] or 0
      out[i] = (high << part | low >> (bits - part)) & MASK
    end
    return out
  end

  return raw
end
