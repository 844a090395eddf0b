-- State variables
Balance = Balance or 0
Transactions = Transactions or {}

-- Handler for balance updates
Handlers.add(
  "UpdateBalance",
  Handlers.utils.hasMatchingTag("Action", "UpdateBalance"),
  function(msg)
    local amount = tonumber(msg.Tags.Amount)
    local operation = msg.Tags.Operation
    if operation == "credit" then
      Balance = Balance + amount
    elseif operation == "debit" and Balance >= amount then
      Balance = Balance - amount
    else
      ao.send({
        Target = msg.From,
        Data = "Insufficient balance"
      })
      return
    end
    -- Record transaction
    table.insert(Transactions, {
      id = msg.Id,
      from = msg.From,
      amount = amount,
      operation = operation,
      timestamp = msg.Timestamp,
      balance = Balance
    })
    ao.send({
      Target = msg.From,
      Data = json.encode({
        success = true,
        balance = Balance,
        transactionId = msg.Id
      })
    })
  end
)
