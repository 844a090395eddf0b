-- A host and its guests: each guest who is welcomed greets three others, and who is greeted greets back.
Guests = Guests or {}
Greeted = Greeted or 0
Answered = Answered or 0

-- As the host:
Handlers.add("Open", function(msg)
  Guests = require("json").decode(msg.Data)
  for place, guest in ipairs(Guests) do
    Send({ Target = guest, Action = "Welcome", Place = tostring(place), Data = msg.Data })
  end
end)

-- As a guest:
Handlers.add("Welcome", function(msg)
  Guests = require("json").decode(msg.Data)
  local place = tonumber(msg.Place)
  for step = 1, 3 do
    Send({ Target = Guests[(place + step * step - 1) % #Guests + 1], Action = "Hello" })
  end
end)

Handlers.add("Hello", function(msg)
  Greeted = Greeted + 1
  Send({ Target = msg.From, Action = "Hello-Back" })
end)

Handlers.add("Hello-Back", function()
  Answered = Answered + 1
end)
