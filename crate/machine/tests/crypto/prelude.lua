-- Before every recorded script: `P(name, f, ...)` notes what a call answers or raises, `D()` is the notes.

C = require(".crypto")
OUT = {}

function S(value)
  if type(value) == "string" then
    return (("%q"):format(value):gsub("[^\32-\126]", function(byte)
      return ("\\x%02x"):format(byte:byte())
    end))
  elseif type(value) == "table" then
    local parts, keys, size = {}, {}, #value
    for i = 1, size do
      parts[i] = S(value[i])
    end
    for key in pairs(value) do
      if not (math.type(key) == "integer" and key >= 1 and key <= size) then
        keys[#keys + 1] = key
      end
    end
    table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
    for _, key in ipairs(keys) do
      parts[#parts + 1] = "[" .. S(key) .. "]=" .. S(value[key])
    end
    return "{" .. table.concat(parts, ",") .. "}"
  elseif math.type(value) then
    return math.type(value):sub(1, 1) .. ":" .. tostring(value)
  end
  return type(value) == "function" and "function" or tostring(value)
end

function P(name, f, ...)
  local answers, parts = table.pack(pcall(f, ...)), {}
  for i = 2, answers.n do
    parts[#parts + 1] = S(answers[i])
  end
  OUT[#OUT + 1] = name .. " " .. (answers[1] and "ok " or "ERR ") .. table.concat(parts, " | ")
end

function D()
  local notes = table.concat(OUT, "\n")
  OUT = {}
  return notes
end
