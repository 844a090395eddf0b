--- bytecode is no source
-- expect output: nil attempt to load a binary chunk (mode is 't')
print(table.concat({ tostring(load("\27Lua\84\0\25\147")), (select(2, load("\27Lua\84\0\25\147"))) }, " "))
--- bytecode is refused in mode b, too
-- expect output: attempt to load a text chunk (mode is 'b')
print(select(2, load("return 1", "x", "b")))
--- a function that was dumped does not come back
-- expect output: attempt to load a binary chunk (mode is 't')
print(select(2, load(string.dump(function() return 1 end))))
--- a dumped function does not come back by a reader
-- expect output: attempt to load a binary chunk (mode is 't')
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
--- all that can be reached is Lua's own and the runtime's, from wherever debug.getinfo and metatables lead
-- expect output: 0 strange, over 300 reached
local known = {}
for library, names in pairs({
  _G = "assert collectgarbage error getmetatable ipairs load next pairs pcall rawequal rawget rawlen rawset require select setmetatable tonumber tostring type warn xpcall",
  coroutine = "close create isyieldable resume running status wrap yield",
  debug = "getinfo traceback",
  math = "abs acos asin atan atan2 ceil cos cosh deg exp floor fmod frexp ldexp log log10 max min modf pow rad random randomseed sin sinh sqrt tan tanh tointeger type ult",
  os = "clock date difftime getenv time",
  string = "byte char dump find format gmatch gsub len lower match pack packsize rep reverse sub unpack upper",
  table = "concat insert move pack remove sort unpack",
  utf8 = "char codepoint codes len offset",
  bit32 = "arshift band bnot bor btest bxor extract lrotate lshift replace rrotate rshift",
}) do
  for name in names:gmatch("%S+") do
    local own = (library == "_G" and _G or require(library))[name]
    if own then known[own] = library .. "." .. name end
  end
end
local seen, reached, strange = {}, 0, {}
local visit
local function look(level, thread)
  local info
  if thread then info = debug.getinfo(thread, level) else info = debug.getinfo(level) end
  if info then visit(info, "level " .. level) return true end
end
function visit(value, path)
  local kind = type(value)
  if kind == "nil" or kind == "number" or kind == "boolean" or kind == "string" or seen[value] then return end
  seen[value], reached = path, reached + 1
  if kind == "table" then
    -- Lua's registry has its main thread, the globals, and what is loaded.
    if rawget(value, 2) == _G or rawget(value, "_LOADED") or rawget(value, "_PRELOAD") then strange[#strange + 1] = "the registry at " .. path end
    for k, v in next, value do visit(k, path .. "[]") visit(v, path .. "." .. tostring(k)) end
  elseif kind == "function" then
    local info = debug.getinfo(value)
    if info.what == "C" and not known[value] then strange[#strange + 1] = "a function at " .. path end
    -- Those of the runtime are called by a name with a dot; the others come from messages.
    if info.what ~= "C" and not (info.source:find("^%.") or info.source == "json" or info.source == "aos") then strange[#strange + 1] = info.source .. " at " .. path end
    visit(info, path .. "()")
  elseif kind == "thread" then
    local level = 0
    while look(level, value) do level = level + 1 end
  else
    strange[#strange + 1] = kind .. " at " .. path
  end
  local meta = getmetatable(value)
  if meta and kind ~= "table" then strange[#strange + 1] = "a metatable at " .. path end
  visit(meta, path .. "<>")
end
visit(_G, "_G") visit(getmetatable(""), "string<>") visit(package, "package") visit(coroutine.running(), "itself")
local level = 0
while look(level) do level = level + 1 end
for _, value in ipairs({ 1, true, print, (coroutine.running()) }) do visit(getmetatable(value), "metatable of a " .. type(value)) end
print(#strange .. " strange, " .. (reached > 300 and "over 300" or reached) .. " reached" .. (#strange > 0 and ": " or "") .. table.concat(strange, "; "))
--- the environment of a function is its own
-- expect output: nil nil
print(table.concat({ tostring(setfenv), tostring(getfenv) }, " "))
--- JavaScript is nowhere
-- expect output: nil nil nil nil nil
print(table.concat({ tostring(js), tostring(window), tostring(self), tostring(fetch), tostring(globalThis) }, " "))
--- what tells an address tells the same at every run: a place in the memory of the process, and nothing of the host
-- expect output: below 64 MB
-- replayed
local values, told, most = { {}, print, function() end, coroutine.create(print), "a text", ("x"):rep(100) }, {}, 0
for _, value in ipairs(values) do
  told[#told + 1] = string.format("%p", value) .. " " .. tostring(value)
  most = math.max(most, tonumber((string.format("%p", value):gsub("^0x", "")), 16))
end
-- So does the order in which a table is gone through, whose keys are hashed by their addresses.
local keys = {}
for i = 1, 100 do keys[function() return i end] = i keys[{}] = i keys["k" .. i] = i end
for _, i in pairs(keys) do told[#told + 1] = i end
-- What was told is in the outcome, and thereby in what every replay, and every other browser, has to come to.
ao.send({ Target = "somebody", Data = table.concat(told, " ") })
print(most < 64000000 and "below 64 MB" or most)
--- what another process is, is not to be seen
-- expect output: nil
print(tostring(Secret))
--- no option of collectgarbage stops the collector: ten times the memory of garbage passes, and nothing of it stays
-- expect output: stop, setpause, setstepmul, incremental, generational, step, restart, isrunning
-- gas 100000000
local passed = {}
for _, attempt in ipairs({
  { "stop" }, { "setpause", 1000000 }, { "setstepmul", 0 }, { "incremental", 1000000, 1, 62 }, { "generational", 100, 1000000 }, { "step", 0 }, { "restart" }, { "isrunning" },
}) do
  pcall(collectgarbage, table.unpack(attempt))
  local weak = setmetatable({ {} }, { __mode = "v" })
  local most = 0
  for _ = 1, 800 do
    local text = ("x"):rep(1000):rep(100)
    most = math.max(most, #text + collectgarbage("count") * 1024)
  end
  if weak[1] == nil and most < 64000000 then passed[#passed + 1] = attempt[1] end
end
print(table.concat(passed, ", "))
--- a dumped function with a changed byte does not come back
-- expect output: attempt to load a binary chunk (mode is 't')
local code = string.dump(function() return 1 end) print(select(2, load(code:sub(1, 40) .. "\xff" .. code:sub(42), "x", "bt")))
--- what debug has beside traceback and getinfo is not there
-- expect output: nil nil nil nil nil
print(table.concat({ tostring(debug.debug), tostring(debug.setuservalue), tostring(debug.upvalueid), tostring(debug.setcstacklimit), tostring(debug.getuservalue) }, " "))
