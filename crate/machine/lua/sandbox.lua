-- What a process must not reach is removed before anything else loads.

local _, native = ...

local full_debug = debug
local load_chunk = load

dofile, loadfile = nil, nil

-- That the argument at `position` of `load`, of which so many were given, is of the wrong type, as C says it.
local function wrong(position, expected, value, given)
  local kind = position > given and "no value" or type(value)
  return ("bad argument #%d to 'load' (%s expected, got %s)"):format(position, expected, kind)
end

local function is_text(value)
  return type(value) == "string" or type(value) == "number"
end

-- What reads a chunk piece by piece. What is no piece is the error of `load`'s caller.
local function reader_of(read)
  return function()
    local piece = read()
    if piece ~= nil and not is_text(piece) then
      error("reader function must return a string", 5)
    end
    return piece
  end
end

--- `load` for text only: bytecode could corrupt the virtual machine.
load = native.as_c(function(...)
  local chunk, name, mode = ...
  local given = select("#", ...)
  if mode ~= nil and not is_text(mode) then
    error(wrong(3, "string", mode, given), 3)
  elseif name ~= nil and not is_text(name) then
    error(wrong(2, "string", name, given), 3)
  elseif type(chunk) == "function" then
    chunk = reader_of(chunk)
  elseif not is_text(chunk) then
    error(wrong(1, "function", chunk, given), 3)
  end
  if mode ~= nil and not tostring(mode):find("t", 1, true) then
    return nil, "attempt to load a text chunk (mode is '" .. mode .. "')"
  end
  return load_chunk(chunk, name, "t", select(4, ...))
end)

debug = { traceback = full_debug.traceback, getinfo = full_debug.getinfo }
package.loaded.debug = debug
