-- What the snippet leaves to its reader: one transfer, out of what the process holds.
Balance = Balance or 100
Balances = Balances or {}

function executeTransfer(to, amount)
  if amount > Balance then
    return false
  end
  Balance = Balance - amount
  Balances[to] = (Balances[to] or 0) + amount
  return true
end

-- Batch operations for efficiency
Handlers.add(
  "BatchTransfer",
  Handlers.utils.hasMatchingTag("Action", "BatchTransfer"),
  function(msg)
    local transfers = json.decode(msg.Data)
    local results = {}
    for i, transfer in ipairs(transfers) do
      local success = executeTransfer(transfer.to, transfer.amount)
      table.insert(results, {
        index = i,
        success = success,
        to = transfer.to,
        amount = transfer.amount
      })
    end
    ao.send({
      Target = msg.From,
      Data = json.encode(results)
    })
  end
)
