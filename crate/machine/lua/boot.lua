-- The first message, the process itself: what it says to run.

local eval = require(".eval")

--- The handler of the process message: keeps it in the inbox, and evaluates its data if `On-Boot` says so.
return function(msg)
  if #Inbox == 0 then
    table.insert(Inbox, msg)
  end
  local source = msg.Tags["On-Boot"]
  if source == nil then
    return
  elseif source == "Data" then
    eval(msg)
  else
    error("On-Boot: only Data can be booted from here, not the transaction " .. tostring(source), 0)
  end
end
