-- Two processes of this source throw a ball to each other.
Caught = Caught or 0

Handlers.add("Serve", function(msg)
  Send({ Target = msg.Opponent, Action = "Ball", Left = msg.Throws })
end)

Handlers.add("Ball", function(msg)
  Caught = Caught + 1
  local left = tonumber(msg.Left) - 1
  if left > 0 then
    Send({ Target = msg.From, Action = "Ball", Left = tostring(left) })
  else
    print("The ball fell after " .. Caught .. " catches of mine.")
  end
end)
