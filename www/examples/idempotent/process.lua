ProcessedMessages = ProcessedMessages or {}

local function isProcessed(messageId)
  return ProcessedMessages[messageId] ~= nil
end

local function markProcessed(messageId)
  ProcessedMessages[messageId] = true
end

-- What the snippet leaves to its reader: something that must not happen twice.
Count = Count or 0

Handlers.add(
  "IdempotentHandler",
  Handlers.utils.hasMatchingTag("Action", "IdempotentHandler"),
  function(msg)
    if isProcessed(msg.Id) then
      return -- Already processed
    end
    -- Process the message
    -- ... handler logic ...
    Count = Count + 1
    markProcessed(msg.Id)
  end
)
