-- What a process prints, and its prompt.

local stringify = require(".stringify")

local VERSION = "2.0.4"

HANDLER_PRINT_LOGS = HANDLER_PRINT_LOGS or {}

local COLOR_OF = { boolean = "blue", ["nil"] = "red", number = "green" }

--- Prints one value into the outcome's output; answers nil.
function print(a)
  if type(a) == "table" then
    a = stringify.format(a)
  elseif COLOR_OF[type(a)] then
    a = Colors[COLOR_OF[type(a)]] .. tostring(a) .. Colors.reset
  end

  local logs = HANDLER_PRINT_LOGS
  if #logs > 0 then
    -- What cannot be joined is an error here, and as the first of the prints when they are joined; as on aos.
    a = "" .. a
  end
  logs[#logs + 1] = a
  return nil
end

--- The prompt of an interactive session with this process.
function Prompt()
  local inbox = #Inbox > 0
      and Colors.gray .. "[Inbox:" .. Colors.red .. tostring(#Inbox) .. Colors.gray .. "]"
    or ""
  return Colors.green .. Name .. Colors.gray .. "@" .. Colors.blue .. "aos-" .. VERSION
    .. inbox .. Colors.reset .. "> "
end

--- Prints the version of aos whose behaviour this is.
function Version()
  print("version: " .. VERSION)
end

--- A terminal's bell.
Bell = "\x07"

return VERSION
