--- the metatable of texts is not replaced
-- after anything
-- expect output: owned
getmetatable("").__index = function() return function() return "owned" end end
print(tostring(("x"):upper()))
--- a text that calls itself hangs for its gas and no longer
-- after anything
-- expect error: error in error handling
local m = getmetatable("") m.__index = function(s, k) return s[k] end
print(("x").y)
--- comparisons of texts with a metamethod that errors
-- after anything
-- expect error: evil
local m = getmetatable("") m.__concat = function() error("evil") end m.__add = function() error("evil") end
print("a" + "b")
--- string.rep taken away breaks nobody else
-- after anything
-- expect error: nil value
string.rep = nil string.format = nil string.gsub = nil table.concat = nil table.insert = nil
print("gone")
--- pcall and error replaced
-- after anything
-- expect output: replaced
pcall = function(f, ...) return true end error = function() end assert = function(...) return ... end
print("replaced")
--- tostring replaced by one that hangs
-- after anything
-- expect error: out of gas
tostring = function() while true do end end
print(tostring(1))
--- globals that fail when they are read
-- after anything
-- expect error: no globals
setmetatable(_G, { __index = function() error("no globals") end })
print(undefined_name)
--- globals that cannot be written
-- after anything
-- expect error: frozen
setmetatable(_G, { __newindex = function() error("frozen") end })
NewGlobal = 1
--- the handlers taken away
-- after anything
-- expect error: Handlers
Handlers.list = nil Handlers.evaluate = nil Handlers = nil
print("none")
--- the outbox as a table that contains itself
-- after anything
-- expect error: circular reference
ao.outbox.Messages = { ao.outbox } ao.outbox.Self = ao.outbox
--- the outbox as something else than tables
-- after anything
-- expect error: field 'outbox'
ao.outbox = "nothing" ao.result = function() return function() end end
--- the entry point replaced
-- after anything
-- expect output: replaced
handle = function() return { Output = { data = "owned" }, Messages = {}, Spawns = {}, Assignments = {} } end
print("replaced")
--- ao.send that claims another sender is still this process's
-- expect message: Action=Hi
ao.send({ Target = "{victim}", Action = "Hi", ["From-Process"] = "victim", From = "victim", Owner = "victim" })
--- a message whose length lies
-- expect message: Data-Protocol=ao
local t = setmetatable({}, { __len = function() return 1e15 end, __index = function() return "x" end })
ao.send({ Target = "somebody", Tags = t })
--- pairs that never end in what is sent
-- expect error: out of gas
local t = setmetatable({}, { __pairs = function() return function(_, k) return (k or 0) + 1, "x" end end })
for _ in pairs(t) do end
--- a finalizer that fails
-- expect output: done
setmetatable({}, { __gc = function() error("evil") end }) collectgarbage() collectgarbage()
print("done")
--- a finalizer that does not end
-- expect error: out of gas
setmetatable({}, { __gc = function() while true do end end }) collectgarbage() collectgarbage()
print("done")
--- a finalizer that brings itself back, over and over
-- expect output: done
local m = {} m.__gc = function(o) setmetatable({}, m) end setmetatable({}, m)
for _ = 1, 50 do collectgarbage() end
print("done")
--- a variable that closes without end
-- expect error: out of gas
local x <close> = setmetatable({}, { __close = function() while true do end end })
