-- Debug logging handler
local DEBUG_MODE = true

local function debugLog(message, data)
  if DEBUG_MODE then
    print("DEBUG [" .. os.date() .. "]: " .. message)
    if data then
      print("Data: " .. json.encode(data))
    end
  end
end

Handlers.add(
  "DebugHandler",
  function() return DEBUG_MODE end,
  function(msg)
    debugLog("Received message", {
      action = msg.Tags.Action,
      from = msg.From,
      id = msg.Id
    })
  end
)
