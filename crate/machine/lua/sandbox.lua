-- What a process must not reach is removed before anything else loads.

local full_debug = debug
local load_chunk = load

dofile, loadfile = nil, nil

--- `load` for text only: bytecode could corrupt the virtual machine.
function load(chunk, name, mode, ...)
  if mode ~= nil and type(mode) == "string" and not mode:find("t", 1, true) then
    return nil, "attempt to load a text chunk (mode is '" .. mode .. "')"
  end
  return load_chunk(chunk, name, "t", ...)
end

debug = { traceback = full_debug.traceback, getinfo = full_debug.getinfo }
package.loaded.debug = debug
