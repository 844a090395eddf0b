-- A paper and its readers are processes of one source.
Subscribers = Subscribers or {}
Read = Read or {}

-- As a paper:
Handlers.add("Subscribe", function(msg)
  table.insert(Subscribers, msg.From)
  msg.reply({ Action = "Subscribed" })
end)

Handlers.add("Publish", function(msg)
  for _, reader in ipairs(Subscribers) do
    Send({ Target = reader, Action = "News", Data = msg.Data })
  end
end)

-- As a reader:
Handlers.add("Follow", function(msg)
  Send({ Target = msg.Paper, Action = "Subscribe" })
end)

Handlers.add("News", function(msg)
  table.insert(Read, msg.Data)
  print("I read: " .. msg.Data)
end)
