-- What integers are: their kind, sign and order. Numbers and decimal text are taken where integers are.

--- Adds the comparisons to the class.
return function(bint, raw)
  local n, MASK, TOP = raw.n, raw.mask, raw.top
  local isbint = bint.isbint

  --- Whether `x` is of this class or a Lua integer.
  function bint.isintegral(x)
    return isbint(x) or math.type(x) == "integer"
  end

  --- Whether `x` is of this class or a number.
  function bint.isnumeric(x)
    return isbint(x) or type(x) == "number"
  end

  --- "bint", "integer", "float" or nil.
  function bint.type(x)
    return isbint(x) and "bint" or math.type(x)
  end

  -- Whether each word is `rest`, but for the first, which is `first`.
  local function is(x, first, rest)
    if x[1] ~= first then
      return false
    end
    for i = 2, n do
      if x[i] ~= rest then
        return false
      end
    end
    return true
  end

  function bint.iszero(x)
    return isbint(x) and is(x, 0, 0) or x == 0
  end

  function bint.isone(x)
    return isbint(x) and is(x, 1, 0) or x == 1
  end

  function bint.isminusone(x)
    return isbint(x) and is(x, MASK, MASK) or x == -1
  end

  function bint.isneg(x)
    if isbint(x) then
      return x[n] & TOP ~= 0
    end
    return x < 0
  end

  --- Whether `x` is greater than zero.
  function bint.ispos(x)
    if isbint(x) then
      return not x:isneg() and not x:iszero()
    end
    return x > 0
  end

  function bint.iseven(x)
    if isbint(x) then
      return x[1] & 1 == 0
    end
    return math.abs(x) % 2 == 0
  end

  function bint.isodd(x)
    if isbint(x) then
      return x[1] & 1 == 1
    end
    return math.abs(x) % 2 == 1
  end

  --- Whether two integers of this class are equal; the operator `==`.
  function bint.__eq(x, y)
    return isbint(x) and isbint(y) and raw.compare(x, y) == 0
  end

  --- Whether two values are equal as integers, or else as Lua has it.
  function bint.eq(x, y)
    local ix, iy = bint.tobint(x), bint.tobint(y)
    if ix and iy then
      return raw.compare(ix, iy) == 0
    end
    return x == y
  end

  --- Unsigned `<`.
  function bint.ult(x, y)
    return raw.compare(raw.expect(x), raw.expect(y)) < 0
  end

  --- Unsigned `<=`.
  function bint.ule(x, y)
    return raw.compare(raw.expect(x), raw.expect(y)) <= 0
  end

  -- As `raw.compare`, with the sign.
  local function order(x, y)
    local x_negative, y_negative = x:isneg(), y:isneg()
    if x_negative ~= y_negative then
      return x_negative and -1 or 1
    end
    return raw.compare(x, y)
  end

  function bint.__lt(x, y)
    local ix, iy = bint.tobint(x), bint.tobint(y)
    if ix and iy then
      return order(ix, iy) < 0
    end
    return bint.tonumber(x) < bint.tonumber(y)
  end

  function bint.__le(x, y)
    local ix, iy = bint.tobint(x), bint.tobint(y)
    if ix and iy then
      return order(ix, iy) <= 0
    end
    return bint.tonumber(x) <= bint.tonumber(y)
  end

  --- The greater of two; a number if one of them is no integer.
  function bint.max(x, y)
    local ix, iy = bint.tobint(x), bint.tobint(y)
    if ix and iy then
      return bint.new(order(ix, iy) > 0 and ix or iy)
    end
    return bint.parse(math.max(bint.tonumber(x) or x, bint.tonumber(y) or y))
  end

  --- The lesser of two; a number if one of them is no integer.
  function bint.min(x, y)
    local ix, iy = bint.tobint(x), bint.tobint(y)
    if ix and iy then
      return bint.new(order(ix, iy) < 0 and ix or iy)
    end
    return bint.parse(math.min(bint.tonumber(x) or x, bint.tonumber(y) or y))
  end
end
