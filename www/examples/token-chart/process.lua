-- A token that whoever asks is given some of, with a chart of who holds how much.
Name = "Chart"
Supply = Supply or 0
Balances = Balances or {}

local function positive(text)
  local quantity = math.tointeger(tonumber(text))
  assert(quantity and quantity > 0, "Quantity is a whole number above 0, not " .. tostring(text))
  return quantity
end

Handlers.add("Mint", function(msg)
  assert(msg.From == Owner, "only the owner mints")
  local quantity = positive(msg.Quantity)
  Supply = Supply + quantity
  Balances[msg.Recipient] = (Balances[msg.Recipient] or 0) + quantity
  msg.reply({ Data = tostring(Supply) })
end)

Handlers.add("Transfer", function(msg)
  local quantity = positive(msg.Quantity)
  local balance = Balances[msg.From] or 0
  assert(quantity <= balance, "you have " .. balance)
  Balances[msg.From] = balance > quantity and balance - quantity or nil
  Balances[msg.Recipient] = (Balances[msg.Recipient] or 0) + quantity
  Send({ Target = msg.Recipient, Action = "Credit-Notice", Quantity = tostring(quantity) })
  msg.reply({ Action = "Debit-Notice", Quantity = tostring(quantity) })
end)
