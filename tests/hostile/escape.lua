--- bytecode is no source
-- expect output: nil attempt to load a binary chunk
print(table.concat({ tostring(load("\27Lua\84\0\25\147")), (select(2, load("\27Lua\84\0\25\147"))) }, " "))
--- bytecode is refused in mode b, too
-- expect output: attempt to load a text chunk
print(select(2, load("return 1", "x", "b")))
--- a function that was dumped does not come back
-- expect output: attempt to load a binary chunk
print(select(2, load(string.dump(function() return 1 end))))
--- a dumped function does not come back by a reader
-- expect output: attempt to load a binary chunk
local parts = { "\27", "Lua", "\84\0" }
print(select(2, load(function() return table.remove(parts, 1) end)))
--- files are not there
-- expect output: nil nil nil
print(table.concat({ tostring(io), tostring(dofile), tostring(loadfile) }, " "))
--- the system is not there
-- expect output: nil nil nil nil nil
print(table.concat({ tostring(os.execute), tostring(os.exit), tostring(os.remove), tostring(os.rename), tostring(os.tmpname) }, " "))
--- the environment of the system is empty
-- expect output: nil nil
print(tostring(os.getenv("PATH")) .. " " .. tostring(os.getenv("HOME")))
--- libraries are not loaded
-- expect output: nil nil
print(table.concat({ tostring(package.loadlib), tostring(package.searchers) }, " "))
--- a search path leads nowhere
-- expect error: module 'evil' not found
package.path = "/etc/?;/proc/self/?" package.cpath = "/usr/lib/lib?.so"
require("evil")
--- require does not find what is only named like the system
-- expect error: module 'io' not found
require("io")
--- the registry is out of reach
-- expect output: nil
print(tostring(debug.getregistry))
--- hooks are not set
-- expect output: nil nil
print(table.concat({ tostring(debug.sethook), tostring(debug.gethook) }, " "))
--- metatables of functions and numbers are not set by debug
-- expect output: nil nil
print(table.concat({ tostring(debug.setmetatable), tostring(debug.getmetatable) }, " "))
--- locals and upvalues of the runtime are out of reach
-- expect output: nil nil nil nil nil
print(table.concat({ tostring(debug.getlocal), tostring(debug.setlocal), tostring(debug.getupvalue), tostring(debug.setupvalue), tostring(debug.upvaluejoin) }, " "))
--- functions that debug.getinfo tells of reach nothing beyond the process
-- expect output: done
for level = 0, 20 do
  local info = debug.getinfo(level)
  if info and info.func then info.func = nil end
end
print("done")
--- the environment of a function is its own
-- expect output: nil nil
print(table.concat({ tostring(setfenv), tostring(getfenv) }, " "))
--- JavaScript is nowhere
-- expect output: nil nil nil nil nil
print(table.concat({ tostring(js), tostring(window), tostring(self), tostring(fetch), tostring(globalThis) }, " "))
--- memory addresses are not told as numbers that differ from run to run
-- expect output: true
print(tostring(tostring({}):match("^table: ") ~= nil))
--- what another process is, is not to be seen
-- expect output: nil
print(tostring(Secret))
--- collectgarbage gives no way to stop the collector for the unit
-- expect output: number
print(type(collectgarbage("count")))
--- a dumped function with a changed byte does not come back
-- expect output: attempt to load a binary chunk
local code = string.dump(function() return 1 end) print(select(2, load(code:sub(1, 40) .. "\xff" .. code:sub(42), "x", "bt")))
--- what debug has beside traceback and getinfo is not there
-- expect output: nil nil nil nil nil
print(table.concat({ tostring(debug.debug), tostring(debug.setuservalue), tostring(debug.upvalueid), tostring(debug.setcstacklimit), tostring(debug.getuservalue) }, " "))
