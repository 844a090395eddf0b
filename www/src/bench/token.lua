Balances = { [Owner] = 1000000000 }

Handlers.add('Transfer', 'Transfer', function(msg)
  local to, quantity = msg.Tags.Recipient, tonumber(msg.Tags.Quantity)
  if (Balances[msg.From] or 0) >= quantity then
    Balances[msg.From] = Balances[msg.From] - quantity
    Balances[to] = (Balances[to] or 0) + quantity
    ao.send({ Target = 'DEBITED', Action = 'Notice', Data = 'You sent ' .. quantity })
    ao.send({ Target = to, Action = 'Notice', Data = 'You received ' .. quantity })
  end
end)
