--- a loop without end
-- expect error: out of gas
while true do end
--- a loop without end behind pcall
-- expect error: out of gas
while true do pcall(function() while true do end end) end
--- a loop without end in a coroutine behind pcall
-- expect error: out of gas
local f = coroutine.wrap(function() while true do coroutine.yield() end end)
while true do pcall(f) end
--- goto in a circle
-- expect error: out of gas
::again:: goto again
--- tail calls without end
-- expect error: out of gas
local function f() return f() end f()
--- recursion without end
-- expect error: not enough memory
local function f() return 1 + f() end f()
--- recursion without end behind pcall
-- expect output: false
local function f() return 1 + f() end print(tostring((pcall(f))))
--- pcall within pcall without end
-- expect output: true
local function f() return pcall(f) end print(tostring(f()))
--- a metamethod that calls itself
-- expect error: stack overflow
local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k] end print(t.x)
--- a coroutine within a coroutine without end
-- expect error: stack overflow
local function f(n) return coroutine.wrap(function() return f(n + 1) end)() end f(1)
--- a chain of __index that goes in a circle
-- expect error: loop
local a, b = {}, {} setmetatable(a, { __index = b }) setmetatable(b, { __index = a }) print(a.x)
--- a pattern that explodes
-- expect error: out of gas
print(("a"):rep(3000):find(("a*"):rep(20) .. "b"))
--- a pattern with nested back references
-- expect error: out of gas
print(tostring(("x"):rep(5000):find("(x*)(x*)(x*)%1%2%3y")))
--- gsub with an answer that grows
-- expect error: not enough memory
local s = ("x"):rep(100) for _ = 1, 100 do s = s:gsub("x", ("x"):rep(100)) end
--- a comparison that contradicts itself
-- expect error: invalid order function
local t = {} for i = 1, 1000 do t[i] = i end
table.sort(t, function() return true end)
--- a comparison that yields
-- expect error: yield
table.sort({ 3, 2, 1 }, function(a, b) coroutine.yield() return a < b end)
--- sorting a table whose length is a lie
-- expect error: array too big
table.sort(setmetatable({}, { __len = function() return 1 << 31 end }))
--- a key derivation with a billion rounds
-- expect error: out of gas
local crypto = require(".crypto")
crypto.kdf.pbkdf2({ 1, 2, 3 }, { 1, 2, 3 }, 1000000000, 64, "sha256")
--- an integer to a power without end
-- expect error: out of gas
local bint = require(".bint")(65536) local x = bint(3) for _ = 1, 1e6 do x = x * x end
--- a handler that waits for a message that never comes
-- expect output: waits
print("waits") Receive({ Action = "Never" }) print("it came")
--- a pattern of a handler that hangs takes its gas and no more
-- expect error: out of gas
Handlers.prepend("Evil", function() while true do end end, function() end)
Handlers.evaluate({ Action = "Any" }, {})
--- an empty text a billion billion times
-- expect error: out of gas
print(#(""):rep(1000000000000000000))
--- source that never ends
-- expect error: out of gas
load(function() return " " end)
--- a name in source that never ends
-- expect error: not enough memory
-- gas 100000000
assert(load(function() return ("x"):rep(1000) end))
--- an error handler that fails
-- expect output: false
print(tostring((xpcall(error, function() error("again") end))))
--- an error handler that calls for itself
-- expect output: false
local function handler() return xpcall(error, handler) end print(tostring((xpcall(error, handler))))
--- a search for nothing in a long text, over and over
-- expect error: out of gas
local s = ("x"):rep(1000000) while true do s:find("y", 1, true) end
--- a date of a long pattern
-- expect error: out of gas
while true do os.date(("%c"):rep(1000)) end
