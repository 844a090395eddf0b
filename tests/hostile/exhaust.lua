--- a text of a terabyte
-- expect error: resulting string too large
("x"):rep(1 << 40)
--- a text that doubles
-- expect error: not enough memory
local s = "x" while true do s = s .. s end
--- a text that doubles behind pcall
-- expect output: caught
local s = "x" print(pcall(function() while true do s = s .. s end end) and "ended" or "caught")
--- a table with a billion slots
-- expect error: not enough memory
local t = {} for i = 1, 1e9 do t[i] = i end
--- a table with one slot at a billion
-- expect output: 1
local t = {} t[1e9] = 1 print(tostring(t[1e9]))
--- a billion values on the stack
-- expect error: too many results
print(table.unpack({}, 1, 1e9))
--- ten million values on the stack
-- expect error: too many results
print(select("#", table.unpack({}, 1, 1e7)))
--- table.move over all integers
-- expect error: out of gas
table.move({ 1 }, 1, math.maxinteger - 1, 2, {})
--- table.concat of a length that is a lie
-- expect error: invalid value (nil)
table.concat(setmetatable({}, { __len = function() return math.maxinteger end }), ("x"):rep(1000))
--- a format with a width of a million
-- expect error: invalid conversion specification: '%1000000d'
string.format("%1000000d", 1)
--- a format of a number with all its digits
-- expect output: 3
print(tostring(#string.format("%.3f", 1e308) > 300 and 3))
--- packing a size of a gigabyte
-- expect error: not enough memory
string.pack("s8!16" .. ("i16"):rep(100000), ("x"):rep(1 << 30))
--- coroutines by the hundred thousand
-- expect error: not enough memory
-- gas 100000000
local t = {} for i = 1, 100000 do t[i] = coroutine.create(function() coroutine.yield() end) coroutine.resume(t[i]) end
--- closures by the million
-- expect error: not enough memory
local t = {} for i = 1, 1e8 do t[i] = function() return i end end
--- JSON that is nested a million deep
-- expect error: nested too deeply
require("json").decode(("["):rep(1000000))
--- a table that contains itself as JSON
-- expect error: circular reference
local t = {} t.t = t require("json").encode(t)
--- a table that is nested deeply as JSON
-- expect error: nested too deeply
local t = {} local top = t for _ = 1, 100000 do t.t = {} t = t.t end require("json").encode(top)
--- printing without end
-- expect error: out of gas
while true do print(("x"):rep(1000)) end
--- an error as long as the memory
-- expect error: the machine stopped with 58 MB in use: unreachable (out of memory, or of stack)
-- gas 100000000
error(("x"):rep(10000000))
--- an error that is a table without a text
-- expect error: concatenate a table value
error(setmetatable({}, { __tostring = function() error("again") end }))
--- an error that is nothing
-- expect error: concatenate a nil value
error(nil)
--- messages by the million
-- expect error: out of gas
for i = 1, 1e6 do ao.send({ Target = "somebody", Action = "Spam", Number = tostring(i) }) end
--- a message of fifty megabytes
-- expect error: out of gas
ao.send({ Target = "somebody", Data = ("x"):rep(50000000) })
--- a message with a hundred thousand tags
-- expect message: T100000=x
local tags = {} for i = 1, 100000 do tags[i] = { name = "T" .. i, value = "x" } end
ao.send({ Target = "somebody", Tags = tags })
--- tags that are no texts
-- expect error: unexpected number value 'inf'
ao.send({ Target = "somebody", Tags = { A = print, B = {}, C = 0 / 0, D = 1 / 0, E = coroutine.create(print) } })
--- tags with bytes that are no text
-- expect message: Data-Protocol=ao
ao.send({ Target = "somebody", Action = "\0\xff\xfe", ["\n\r"] = "\27[31m" })
--- a target that is a table
-- expect message: Action=Hi
ao.send({ Target = { "somebody" }, Action = "Hi" })
--- random numbers of a range without end
-- expect output: -9223372036854775808
print(tostring(math.random(math.mininteger, math.maxinteger)))
--- formats with the widest widths, by the hundred thousand
-- expect error: out of gas
local s = "" for i = 1, 100000 do s = s .. string.format("%99d%-99d%099d", i, i, i) end
--- a format with a precision of a million
-- expect error: invalid conversion specification: '%.1000000s'
string.format("%.1000000s", "x")
--- formats that grow a text
-- expect error: not enough memory
local s = "x" while true do s = string.format("%s%s", s, s) end
--- the bytes of a long text, all at once
-- expect error: string slice too long
print(#{ ("x"):rep(10000000):byte(1, -1) })
--- a table that is joined to a gigabyte
-- expect error: not enough memory
local t, s = {}, ("x"):rep(1000000) for i = 1, 1000 do t[i] = s end print(#table.concat(t))
--- finalizers by the million
-- expect error: not enough memory
-- gas 100000000
local kept = {} for i = 1, 10000000 do kept[i] = setmetatable({}, { __gc = function(o) kept[#kept + 1] = o end }) end
--- spawns by the million
-- expect error: not enough memory
-- gas 100000000
for i = 1, 1000000 do Spawn({ Data = "x" }) end
--- assignments by the million
-- expect error: not enough memory
-- gas 100000000
for i = 1, 1000000 do Assign({ Processes = { "{victim}" }, Message = ("A"):rep(43) }) end
--- a number of a million digits in JSON
-- expect output: inf
print(tostring(require("json").decode(("9"):rep(1000000))))
