-- Two replicas of one counter change apart, and agree whenever they hear of each other.
local crdt = require(".crdt")
Counter = Counter or crdt.PNCounter.new()

Handlers.add("Change", function(msg)
  local by = tonumber(msg.By)
  if by >= 0 then
    Counter:increment(by)
  else
    Counter:decrement(-by)
  end
end)

-- Tells the other replica, which merges what it is told.
Handlers.add("Sync", function(msg)
  Send({ Target = msg.With, Action = "Merge", Data = require("json").encode(Counter:toTable()) })
end)

Handlers.add("Merge", function(msg)
  Counter:merge(crdt.fromTable(require("json").decode(msg.Data)))
end)
