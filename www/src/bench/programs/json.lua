-- A document of 100 KB read and written, by a reader and a writer in Lua: the same work on every machine.
local escapes = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n" }
local unescapes = { n = "\n" }

local function write(value, out)
  local kind = type(value)
  if kind == "table" and value[1] ~= nil then
    out[#out + 1] = "["
    for i, item in ipairs(value) do
      if i > 1 then
        out[#out + 1] = ","
      end
      write(item, out)
    end
    out[#out + 1] = "]"
  elseif kind == "table" then
    local keys = {}
    for key in pairs(value) do
      keys[#keys + 1] = key
    end
    table.sort(keys)
    out[#out + 1] = "{"
    for i, key in ipairs(keys) do
      out[#out + 1] = (i > 1 and ',"' or '"') .. key .. '":'
      write(value[key], out)
    end
    out[#out + 1] = "}"
  elseif kind == "string" then
    out[#out + 1] = '"' .. value:gsub('[%c"\\]', escapes) .. '"'
  else
    out[#out + 1] = tostring(value)
  end
end

local read

local function read_text(text, at)
  local stop = at
  repeat
    stop = text:find('[\\"]', stop)
    local is_end = text:byte(stop) == 34
    stop = stop + (is_end and 1 or 2)
  until is_end
  return text:sub(at, stop - 2):gsub("\\(.)", function(c)
    return unescapes[c] or c
  end), stop
end

local function read_items(text, at, close, read_item)
  local items = {}
  while text:sub(at, at) ~= close do
    at = read_item(items, at)
    if text:sub(at, at) == "," then
      at = at + 1
    end
  end
  return items, at + 1
end

function read(text, at)
  local first = text:sub(at, at)
  if first == '"' then
    return read_text(text, at + 1)
  elseif first == "[" then
    return read_items(text, at + 1, "]", function(items, from)
      local item, stop = read(text, from)
      items[#items + 1] = item
      return stop
    end)
  elseif first == "{" then
    return read_items(text, at + 1, "}", function(items, from)
      local key, colon = read_text(text, from + 1)
      local value, stop = read(text, colon + 1)
      items[key] = value
      return stop
    end)
  elseif text:find("^true", at) then
    return true, at + 4
  end
  local number = text:match("^-?[%d.eE+-]+", at)
  return tonumber(number), at + #number
end

local document = { rows = {} }
for i = 1, 1000 do
  document.rows[i] = { id = i, name = ('name "%d" of\nmany'):format(i), live = true, tags = { "a", "bb", "ccc" }, share = i / 4 }
end
local pieces = {}
write(document, pieces)
local text = table.concat(pieces)

return function()
  local length
  for _ = 1, 2 do
    local out = {}
    write(read(text, 1), out)
    local again = table.concat(out)
    assert(again == text, "it is not what was read")
    length = #again
  end
  return tostring(length)
end
