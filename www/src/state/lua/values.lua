-- How values, keys and paths are written. Everything below reads by `next`, so that no code of the process runs.
local MAX_TEXT = 200

local function escaped(text)
  return (text:gsub('[%c\\"\128-\255]', function(c)
    return ("\\%03d"):format(c:byte())
  end))
end

-- Text for people: as it is where it is readable, in escapes where it is none.
local function quoted(text)
  local shown = #text > MAX_TEXT and text:sub(1, (utf8.offset(text, 0, MAX_TEXT + 1) or MAX_TEXT + 1) - 1) or text
  shown = utf8.len(shown) and shown:gsub('[%c\\"]', { ["\n"] = "\\n", ["\t"] = "\\t", ['"'] = '\\"', ["\\"] = "\\\\" })
    or escaped(shown)
  shown = shown:gsub("%c", escaped)
  return '"' .. shown .. '"' .. (#text > MAX_TEXT and ("… (%d bytes)"):format(#text) or "")
end

-- All digits that tell a number from others; Lua's own `tostring` shows 14.
local function number_text(value)
  if math.type(value) == "integer" or value ~= value or value == math.huge or value == -math.huge then
    return tostring(value)
  elseif value == math.floor(value) and math.abs(value) < 1e21 then
    return ("%.1f"):format(value)
  end
  for digits = 14, 17 do
    local text = ("%." .. digits .. "g"):format(value)
    if tonumber(text) == value then
      return text
    end
  end
end

local function lines_of(fn)
  local about = debug.getinfo(fn, "S")
  local source = about.source
  if about.what == "C" or source:sub(1, 1) == "." then
    return "of the runtime"
  end
  local file = source:sub(1, 1) == "@" and " of " .. source:sub(2) or ""
  local first, last = about.linedefined, about.lastlinedefined
  return first == last and ("line %d%s"):format(first, file) or ("lines %d–%d%s"):format(first, last, file)
end

local function count_of(t)
  local count = 0
  for _ in next, t do
    count = count + 1
  end
  return count
end

local function text_of(value)
  local kind = type(value)
  if kind == "string" then
    return quoted(value)
  elseif kind == "number" then
    return number_text(value)
  elseif kind == "function" then
    return "function, " .. lines_of(value)
  elseif kind == "thread" then
    return "coroutine, " .. coroutine.status(value)
  elseif kind == "boolean" or kind == "nil" then
    return tostring(value)
  end
  return kind
end

-- What follows a table's path to reach the value at a key; nothing, where no text can name the key.
local function step(key)
  local kind = type(key)
  if kind == "string" then
    return '["' .. escaped(key) .. '"]'
  elseif kind == "number" or kind == "boolean" then
    return "[" .. (kind == "number" and ("%q"):format(key) or tostring(key)) .. "]"
  end
end

local function label_of(key)
  if type(key) == "string" then
    return key:find("^[%a_][%w_]*$") and #key <= MAX_TEXT and key or quoted(key)
  end
  return "[" .. text_of(key) .. "]"
end

local function label_of_step(label)
  local first = label:sub(1, 1)
  return first == '"' and "[" .. label .. "]" or first == "[" and label or "." .. label
end

local RANK = { number = 1, string = 2, boolean = 3 }

-- Numbers by their value, then texts, then the rest.
local function before(a, b)
  local one, other = type(a), type(b)
  if one == other and (one == "string" or one == "number") then
    return a < b
  elseif one ~= other then
    one, other = RANK[one] or 4, RANK[other] or 4
    if one ~= other then
      return one < other
    end
  end
  return tostring(a) < tostring(b)
end

local function sorted_keys(t)
  local keys = {}
  for key in next, t do
    keys[#keys + 1] = key
  end
  table.sort(keys, before)
  return keys
end

-- Path, label, kind, text, and how many entries a table has.
local function entry_of(path, key, value)
  local at = path and step(key)
  local is_table = type(value) == "table"
  return { at and path .. at or "", label_of(key), type(value), is_table and "" or text_of(value), is_table and count_of(value) or 0 }
end

-- Where paths begin: what is the user's own, what is the runtime's, the inbox, and the handlers by name.
local RUNTIME = {}
for name in ([[
  _G _VERSION ao Assign Bell Colors Dump Errors HANDLER_PRINT_LOGS Handlers Inbox Prompt Receive Seeded Send Spawn Tab
  Utils Version handle json bit32 assert collectgarbage coroutine debug error getmetatable ipairs load math next os
  package pairs pcall print rawequal rawget rawlen rawset require select setmetatable string table tonumber tostring
  type utf8 warn xpcall]]):gmatch("%S+") do
  RUNTIME[name] = true
end
local OWN_HANDLERS = { _eval = true, _boot = true, _default = true }

local function roots()
  local own, runtime, handlers = {}, {}, {}
  for name, value in next, _G do
    (RUNTIME[name] and runtime or own)[name] = value
  end
  for _, handler in ipairs(Handlers.list) do
    if not OWN_HANDLERS[handler.name] then
      handlers[handler.name] = handler
    end
  end
  return { own = own, runtime = runtime, inbox = Inbox or {}, handlers = handlers }
end

-- The value at a path such as `own["Balances"]`; nil if there is none.
local function at(path)
  local found, value = pcall(load("return " .. path, "=path", "t", roots()) or error)
  return found and value or nil
end
