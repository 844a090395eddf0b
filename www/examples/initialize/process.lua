-- What the snippet leaves to its reader: the table that it fills.
State = State or {}

-- Example Lua handler in the process
Handlers.add(
  "Initialize",
  Handlers.utils.hasMatchingTag("Action", "Initialize"),
  function(msg)
    local data = json.decode(msg.Data)
    State.owner = data.owner
    State.name = data.name
    State.initialized = true
    ao.send({
      Target = msg.From,
      Data = "Process initialized successfully"
    })
  end
)
