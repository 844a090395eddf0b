-- What the snippet leaves to its reader: the state that it saves.
Balance = Balance or 70
Transactions = Transactions or {
  { id = "first", amount = 100, operation = "credit", balance = 100 },
  { id = "second", amount = 30, operation = "debit", balance = 70 },
}

-- State checkpoint handler
Handlers.add(
  "SaveCheckpoint",
  Handlers.utils.hasMatchingTag("Action", "SaveCheckpoint"),
  function(msg)
    local checkpoint = {
      balance = Balance,
      transactions = Transactions,
      lastUpdate = msg.Timestamp,
      version = "1.0.0"
    }
    -- State is automatically persisted
    ao.send({
      Target = msg.From,
      Data = "Checkpoint saved",
      Tags = {
        { name = "Checkpoint-Data", value = json.encode(checkpoint) }
      }
    })
  end
)
