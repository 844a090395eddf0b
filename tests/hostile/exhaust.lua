--- a text of a terabyte
-- expect error: memory|too large|overflow
("x"):rep(1 << 40)
--- a text that doubles
-- expect error: memory
local s = "x" while true do s = s .. s end
--- a text that doubles behind pcall
-- expect output: caught
local s = "x" print(pcall(function() while true do s = s .. s end end) and "ended" or "caught")
--- a table with a billion slots
-- expect error: memory|out of gas
local t = {} for i = 1, 1e9 do t[i] = i end
--- a table with one slot at a billion
-- expect output: 1
local t = {} t[1e9] = 1 print(tostring(t[1e9]))
--- a billion values on the stack
-- expect error: too many results
print(table.unpack({}, 1, 1e9))
--- ten million values on the stack
-- expect error: too many results|stack overflow|memory
print(select("#", table.unpack({}, 1, 1e7)))
--- table.move over all integers
-- expect error: out of gas|too many elements|memory
table.move({ 1 }, 1, math.maxinteger - 1, 2, {})
--- table.concat of a length that is a lie
-- expect error: .
table.concat(setmetatable({}, { __len = function() return math.maxinteger end }), ("x"):rep(1000))
--- a format with a width of a million
-- expect error: invalid
string.format("%1000000d", 1)
--- a format of a number with all its digits
-- expect output: 3
print(tostring(#string.format("%.3f", 1e308) > 300 and 3))
--- packing a size of a gigabyte
-- expect error: .
string.pack("s8!16" .. ("i16"):rep(100000), ("x"):rep(1 << 30))
--- coroutines by the hundred thousand
-- expect anything
local t = {} for i = 1, 100000 do t[i] = coroutine.create(function() coroutine.yield() end) coroutine.resume(t[i]) end
--- closures by the million
-- expect error: memory|out of gas
local t = {} for i = 1, 1e8 do t[i] = function() return i end end
--- JSON that is nested a million deep
-- expect error: .
require("json").decode(("["):rep(1000000))
--- a table that contains itself as JSON
-- expect error: .
local t = {} t.t = t require("json").encode(t)
--- a table that is nested deeply as JSON
-- expect error: .
local t = {} local top = t for _ = 1, 100000 do t.t = {} t = t.t end require("json").encode(top)
--- printing without end
-- expect error: out of gas|memory
while true do print(("x"):rep(1000)) end
--- an error as long as the memory
-- expect error: .
error(("x"):rep(10000000))
--- an error that is a table without a text
-- expect error: .
error(setmetatable({}, { __tostring = function() error("again") end }))
--- an error that is nothing
-- expect error: .
error(nil)
--- messages by the million
-- expect error: out of gas|memory
for i = 1, 1e6 do ao.send({ Target = "somebody", Action = "Spam", Number = tostring(i) }) end
--- a message of fifty megabytes
-- expect error: memory|out of gas|.
ao.send({ Target = "somebody", Data = ("x"):rep(50000000) })
--- a message with a hundred thousand tags
-- expect anything
local tags = {} for i = 1, 100000 do tags[i] = { name = "T" .. i, value = "x" } end
ao.send({ Target = "somebody", Tags = tags })
--- tags that are no texts
-- expect anything
ao.send({ Target = "somebody", Tags = { A = print, B = {}, C = 0 / 0, D = 1 / 0, E = coroutine.create(print) } })
--- tags with bytes that are no text
-- expect anything
ao.send({ Target = "somebody", Action = "\0\xff\xfe", ["\n\r"] = "\27[31m" })
--- a target that is a table
-- expect anything
ao.send({ Target = { "somebody" }, Action = "Hi" })
--- random numbers of a range without end
-- expect anything
print(tostring(math.random(math.mininteger, math.maxinteger)))
