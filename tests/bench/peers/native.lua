-- The programs on the machine's own Lua: for each name that it reads, it runs that program once and writes its answer.
local programs, library = ...
-- `require(".bint")` finds what the machine brings.
package.path = library .. "?.lua"
local search = require
-- The machine's answers one value, Lua's own the place of the file besides.
function require(name)
  return (search(name))
end

local prepared = {}
for name in io.lines() do
  prepared[name] = prepared[name] or assert(dofile(programs .. name .. ".lua"))
  io.write(prepared[name](), "\n")
  io.flush()
end
