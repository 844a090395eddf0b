-- What the snippet leaves to its reader: what it reports.
StartTime = StartTime or os.time()
Balance = Balance or 0
ProcessedMessages = ProcessedMessages or {}

Handlers.prepend(
  "Count",
  function() return "continue" end,
  function(msg)
    table.insert(ProcessedMessages, msg.Id)
  end
)

Handlers.add(
  "HealthCheck",
  Handlers.utils.hasMatchingTag("Action", "HealthCheck"),
  function(msg)
    local health = {
      status = "healthy",
      uptime = msg.Timestamp - (StartTime or 0),
      balance = Balance,
      message_count = #ProcessedMessages,
      last_activity = LastActivity or StartTime
    }
    ao.send({
      Target = msg.From,
      Data = json.encode(health)
    })
  end
)
