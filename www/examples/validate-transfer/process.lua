-- What the snippet leaves to its reader: the balances that it looks at.
Balances = Balances or { [Owner] = 100 }

local function validateTransfer(msg)
  local recipient = msg.Tags.Recipient
  local quantity = tonumber(msg.Tags.Quantity)
  if not recipient or recipient == "" then
    return false, "Invalid recipient"
  end
  if not quantity or quantity <= 0 then
    return false, "Invalid quantity"
  end
  if not Balances[msg.From] or Balances[msg.From] < quantity then
    return false, "Insufficient balance"
  end
  return true, "Valid"
end

-- And the handler that calls it.
Handlers.add(
  "Transfer",
  Handlers.utils.hasMatchingTag("Action", "Transfer"),
  function(msg)
    local valid, reason = validateTransfer(msg)
    if valid then
      local recipient, quantity = msg.Tags.Recipient, tonumber(msg.Tags.Quantity)
      Balances[msg.From] = Balances[msg.From] - quantity
      Balances[recipient] = (Balances[recipient] or 0) + quantity
    end
    msg.reply({ Data = reason })
  end
)
