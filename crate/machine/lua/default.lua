-- Messages that no handler took go to the inbox.

local MAX_INBOX = 10000
local MAX_SHOWN = 20

local function shortened(address)
  return address:sub(1, 3) .. "..." .. address:sub(-3)
end

--- Keeps the message, the oldest giving way, and says that it came.
return function(msg)
  table.insert(Inbox, msg)
  while #Inbox > MAX_INBOX do
    table.remove(Inbox, 1)
  end

  local text = Colors.gray .. "New Message From " .. Colors.green
    .. (msg.From and shortened(msg.From) or "unknown") .. Colors.gray .. ": "
  if msg.Action then
    text = text .. Colors.gray .. "Action = " .. Colors.blue .. msg.Action:sub(1, MAX_SHOWN) .. Colors.reset
  else
    local data = type(msg.Data) == "table" and require("json").encode(msg.Data) or msg.Data
    text = text .. Colors.gray .. "Data = " .. Colors.blue .. (data or ""):sub(1, MAX_SHOWN) .. Colors.reset
  end
  print(text)
end
