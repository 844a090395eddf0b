-- Sums, products, shifts and bits. A name that begins with one underscore changes the integer in place.
-- Operators take whatever is an integer; with another number they compute in floats.

--- Adds the arithmetic to the class.
return function(bint, raw)
  local n, isbint = raw.n, bint.isbint

  local function make(words)
    return setmetatable(words, bint)
  end

  local function binary(event, on_words, on_numbers)
    bint[event] = function(x, y)
      local ix, iy = bint.tobint(x), bint.tobint(y)
      if ix and iy then
        return make(on_words(ix, iy))
      end
      return on_numbers(x, y)
    end
  end

  local number = bint.tonumber
  binary("__add", function(a, b) return raw.add({}, a, b) end, function(x, y) return number(x) + number(y) end)
  binary("__sub", function(a, b) return raw.subtract({}, a, b) end, function(x, y) return number(x) - number(y) end)
  binary("__mul", raw.multiply, function(x, y) return number(x) * number(y) end)

  function bint:_add(y)
    return raw.add(self, self, raw.expect(y))
  end

  function bint:_sub(y)
    return raw.subtract(self, self, raw.expect(y))
  end

  function bint:_inc()
    return raw.step(self, self, 1)
  end

  function bint:_dec()
    return raw.step(self, self, -1)
  end

  --- One more.
  function bint.inc(x)
    local ix = bint.tobint(x, true)
    return ix and ix:_inc() or x + 1
  end

  --- One less.
  function bint.dec(x)
    local ix = bint.tobint(x, true)
    return ix and ix:_dec() or x - 1
  end

  function bint:_assign(y)
    return raw.copy(self, raw.expect(y))
  end

  function bint:_unm()
    return raw.negate(self, self)
  end

  function bint.__unm(x)
    return make(raw.negate({}, x))
  end

  function bint:_abs()
    return self:isneg() and self:_unm() or self
  end

  --- Without its sign.
  function bint.abs(x)
    local ix = bint.tobint(x, true)
    return ix and ix:_abs() or math.abs(x)
  end

  local function rounded(round)
    return function(x)
      return isbint(x) and bint.new(x) or bint.new(round(number(x)))
    end
  end

  --- The integer below.
  bint.floor = rounded(math.floor)

  --- The integer above.
  bint.ceil = rounded(math.ceil)

  --- The integer towards zero; nil from what is no number.
  function bint.trunc(x)
    if isbint(x) then
      return bint.new(x)
    end
    local value = number(x)
    if value then
      return bint.tobint(value < 0 and math.ceil(value) or math.floor(value))
    end
  end

  local function bitwise(event, combine)
    bint["_" .. event] = function(self, y)
      y = raw.expect(y)
      for i = 1, n do
        self[i] = combine(self[i], y[i])
      end
      return self
    end
    bint["__" .. event] = function(x, y)
      return bint["_" .. event](bint.new(x), y)
    end
  end

  bitwise("band", function(a, b) return a & b end)
  bitwise("bor", function(a, b) return a | b end)
  bitwise("bxor", function(a, b) return a ~ b end)

  function bint:_bnot()
    return raw.invert(self, self)
  end

  function bint.__bnot(x)
    return make(raw.invert({}, x))
  end

  function bint:_shlone()
    return raw.copy(self, raw.shift(self, 1))
  end

  function bint:_shrone()
    return raw.copy(self, raw.shift(self, -1))
  end

  function bint:_shlwords(count)
    return raw.copy(self, raw.shift(self, count * raw.bits))
  end

  function bint:_shrwords(count)
    return raw.copy(self, raw.shift(self, -count * raw.bits))
  end

  function bint.__shl(x, y)
    x, y = bint.new(x), raw.expect_integer(y)
    return make(raw.shift(x, y))
  end

  --- Zeros come in from the left.
  function bint.__shr(x, y)
    x, y = bint.new(x), raw.expect_integer(y)
    return make(raw.shift(x, y == math.mininteger and y or -y))
  end

  --- The low `y` bits.
  function bint.bwrap(x, y)
    x = raw.expect(x)
    if y <= 0 then
      return bint.zero()
    elseif y < bint.bits then
      return x & (bint.one() << raw.expect_integer(y)):_dec()
    end
    return bint.new(x)
  end

  --- Rotated to the left.
  function bint.brol(x, y)
    x, y = raw.expect(x), raw.expect_integer(y)
    if y > 0 then
      return x << y | x >> (bint.bits - y)
    elseif y < 0 and y ~= math.mininteger then
      return bint.bror(x, -y)
    end
    return x
  end

  --- Rotated to the right.
  function bint.bror(x, y)
    x, y = raw.expect(x), raw.expect_integer(y)
    if y > 0 then
      return x >> y | x << (bint.bits - y)
    elseif y < 0 and y ~= math.mininteger then
      return bint.brol(x, -y)
    end
    return x
  end
end
