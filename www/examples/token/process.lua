-- Token contract implementation
Name = "MyToken"
Ticker = "MTK"
Denomination = 12
TotalSupply = 1000000 * 10^Denomination
Balances = { [Owner] = TotalSupply }

Handlers.add(
  "Transfer",
  Handlers.utils.hasMatchingTag("Action", "Transfer"),
  function(msg)
    local target = msg.Tags.Recipient
    local quantity = tonumber(msg.Tags.Quantity)
    if Balances[msg.From] and Balances[msg.From] >= quantity then
      Balances[msg.From] = Balances[msg.From] - quantity
      Balances[target] = (Balances[target] or 0) + quantity
      -- Emit events
      ao.send({ Target = msg.From, Data = "Transfer successful" })
      ao.send({ Target = target, Data = "Tokens received" })
    else
      ao.send({ Target = msg.From, Data = "Insufficient balance" })
    end
  end
)
