-- Division, in its three kinds, and powers.

--- Adds division to the class.
return function(bint, raw)
  local function make(words)
    return setmetatable(words, bint)
  end

  --- Quotient and remainder of unsigned integers.
  function bint.udivmod(x, y)
    x, y = bint.new(x), raw.expect(y)
    if y:iszero() then
      error("attempt to divide by zero")
    end
    local quotient, remainder = raw.divide(x, y)
    return make(quotient), make(remainder)
  end

  function bint.udiv(x, y)
    return (bint.udivmod(x, y))
  end

  function bint.umod(x, y)
    return (select(2, bint.udivmod(x, y)))
  end

  --- Quotient towards zero, and remainder with the sign of `x`.
  function bint.tdivmod(x, y)
    local ax, ay = bint.abs(x), bint.abs(y)
    local ix, iy = bint.tobint(ax), bint.tobint(ay)
    local quotient, remainder
    if ix and iy then
      if bint.eq(x, bint.mininteger()) and bint.isminusone(y) then
        error("division overflow")
      end
      quotient, remainder = bint.udivmod(ix, iy)
    else
      ax, ay = bint.tonumber(ax), bint.tonumber(ay)
      quotient, remainder = ax // ay, ax % ay
    end
    if bint.isneg(x) ~= bint.isneg(y) then
      quotient = -quotient
    end
    return quotient, bint.isneg(x) and -remainder or remainder
  end

  function bint.tdiv(x, y)
    return (bint.tdivmod(x, y))
  end

  function bint.tmod(x, y)
    return (select(2, bint.tdivmod(x, y)))
  end

  --- Quotient towards minus infinity, and remainder with the sign of `y`.
  function bint.idivmod(x, y)
    local ix, iy = bint.tobint(x), bint.tobint(y)
    if not (ix and iy) then
      return bint.tonumber(x) // bint.tonumber(y), bint.tonumber(x) % bint.tonumber(y)
    end
    local x_negative, y_negative = ix:isneg(), iy:isneg()
    local quotient, remainder = bint.udivmod(bint.abs(ix), bint.abs(iy))
    if x_negative ~= y_negative then
      quotient:_unm()
      if not remainder:iszero() then
        quotient:_dec()
        raw.subtract(remainder, bint.abs(iy), remainder)
      end
    end
    if y_negative then
      remainder:_unm()
    end
    return quotient, remainder
  end

  function bint.__idiv(x, y)
    return (bint.idivmod(x, y))
  end

  function bint.__mod(x, y)
    return (select(2, bint.idivmod(x, y)))
  end

  --- In floats.
  function bint.__div(x, y)
    return bint.tonumber(x) / bint.tonumber(y)
  end

  --- In floats; `ipow` computes in integers.
  function bint.__pow(x, y)
    return bint.tonumber(x) ^ bint.tonumber(y)
  end

  --- `x` to the power of `y`, both integers; `y` is read as unsigned.
  function bint.ipow(x, y)
    local base, exponent = bint.new(x), bint.new(raw.expect(y))
    local result = bint.one()
    while not exponent:iszero() do
      if exponent:isodd() then
        result = result * base
      end
      base = base * base
      exponent:_shrone()
    end
    return result
  end

  --- `x` to the power of `y` modulo `m`, all unsigned.
  function bint.upowmod(x, y, m)
    m = raw.expect(m)
    if m:isone() then
      return bint.zero()
    end
    local base, exponent = bint.new(x), bint.new(raw.expect(y))
    local result = bint.one()
    base = bint.umod(base, m)
    while not exponent:iszero() do
      if exponent:isodd() then
        result = bint.umod(result * base, m)
      end
      base = bint.umod(base * base, m)
      exponent:_shrone()
    end
    return result
  end
end
