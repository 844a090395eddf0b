-- Time is the message's: `os` as far as a process may have it.

local _, native = ...

local clock = { now = 0 }

--- The message's time in milliseconds, as it came.
function clock.set(timestamp)
  clock.now = timestamp
end

-- Days since 1970-01-01 to a civil date, by the proleptic Gregorian calendar in eras of 400 years.
local function civil(days)
  local shifted = days + 719468
  local era = shifted // 146097
  local day_of_era = shifted % 146097
  local year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
  local day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
  local month = (5 * day_of_year + 2) // 153
  local day = day_of_year - (153 * month + 2) // 5 + 1
  month = month < 10 and month + 3 or month - 9
  return year_of_era + era * 400 + (month <= 2 and 1 or 0), month, day
end

local function days_from_civil(year, month, day)
  local y = month <= 2 and year - 1 or year
  local era = y // 400
  local year_of_era = y - era * 400
  local day_of_year = (153 * (month + (month > 2 and -3 or 9)) + 2) // 5 + day - 1
  return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719468
end

local DAYS = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" }
local MONTHS = {
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
}

local function broken_down(seconds)
  local days, rest = seconds // 86400, seconds % 86400
  local year, month, day = civil(days)
  return {
    year = year, month = month, day = day,
    hour = rest // 3600, min = rest // 60 % 60, sec = rest % 60,
    wday = (days + 4) % 7 + 1,
    yday = days - days_from_civil(year, 1, 1) + 1,
    isdst = false,
  }
end

-- ISO 8601's year and week: the week belongs to the year of its Thursday.
local function iso_week(t)
  local days = days_from_civil(t.year, t.month, t.day)
  local thursday = days - (t.wday + 5) % 7 + 3
  local year = civil(thursday)
  return year, (thursday - days_from_civil(year, 1, 1)) // 7 + 1
end

local format = {}
local function two(n) return ("%02d"):format(n) end
local function twelve(hour) return (hour + 11) % 12 + 1 end

function format.a(t) return DAYS[t.wday]:sub(1, 3) end
function format.A(t) return DAYS[t.wday] end
function format.b(t) return MONTHS[t.month]:sub(1, 3) end
function format.B(t) return MONTHS[t.month] end
function format.C(t) return two(t.year // 100) end
function format.d(t) return two(t.day) end
function format.e(t) return ("%2d"):format(t.day) end
function format.g(t) return two(iso_week(t) % 100) end
function format.G(t) return ("%d"):format((iso_week(t))) end
function format.H(t) return two(t.hour) end
function format.I(t) return two(twelve(t.hour)) end
function format.j(t) return ("%03d"):format(t.yday) end
function format.m(t) return two(t.month) end
function format.M(t) return two(t.min) end
function format.n() return "\n" end
function format.p(t) return t.hour < 12 and "AM" or "PM" end
function format.S(t) return two(t.sec) end
function format.t() return "\t" end
function format.u(t) return tostring((t.wday + 5) % 7 + 1) end
function format.U(t) return two((t.yday + 6 - (t.wday - 1)) // 7) end
function format.V(t) return two(select(2, iso_week(t))) end
function format.w(t) return tostring(t.wday - 1) end
function format.W(t) return two((t.yday + 6 - (t.wday + 5) % 7) // 7) end
function format.y(t) return two(t.year % 100) end
function format.Y(t) return ("%d"):format(t.year) end
function format.z() return "+0000" end
function format.Z() return "UTC" end
format["%"] = function() return "%" end

local COMPOUND = {
  c = "%a %b %d %H:%M:%S %Y", D = "%m/%d/%y", F = "%Y-%m-%d", h = "%b", r = "%I:%M:%S %p",
  R = "%H:%M", T = "%H:%M:%S", x = "%m/%d/%y", X = "%H:%M:%S",
}

-- What may stand behind the modifiers, which change nothing here.
local MODIFIED = { [""] = "%g", E = "[cCxXyY]", O = "[deHImMSuUVwWy]" }

local function render(pattern, t)
  return (pattern:gsub("()%%([EO]?)(.?)", function(at, modifier, letter)
    local is_known = letter:find(MODIFIED[modifier])
    if is_known and modifier == "E" and letter == "c" then
      return "%c"
    elseif is_known and COMPOUND[letter] then
      return render(COMPOUND[letter], t)
    elseif is_known and format[letter] then
      return format[letter](t)
    end
    error({ "bad argument #1 to 'date' (invalid conversion specifier '" .. pattern:sub(at) .. "')" })
  end))
end

local function seconds_of(time)
  if time == nil then
    return (tonumber(clock.now) or 0) // 1000 | 0
  elseif not tonumber(time) then
    error("bad argument #2 to 'date' (number expected, got " .. type(time) .. ")", 4)
  end
  return math.tointeger(tonumber(time))
    or error("bad argument #2 to 'date' (number has no integer representation)", 4)
end

os = {
  time = function() return clock.now end,
  clock = function() return 0.001 end,
  getenv = native.getenv,
  difftime = native.difftime,
}

--- The date of `time` (seconds since 1970), or of the message, in UTC; always with `!` or without.
os.date = native.as_c(function(pattern, time)
  if pattern ~= nil and type(pattern) ~= "string" and type(pattern) ~= "number" then
    error("bad argument #1 to 'date' (string expected, got " .. type(pattern) .. ")", 3)
  end
  pattern = tostring(pattern or "%c"):gsub("^!", "")
  local t = broken_down(seconds_of(time))
  if pattern == "*t" then
    return t
  end
  local ok, text = pcall(render, pattern, t)
  if not ok then
    error(type(text) == "table" and text[1] or text, 3)
  end
  return text
end)

package.loaded.os = os

return clock
