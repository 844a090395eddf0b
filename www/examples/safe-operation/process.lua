-- What the snippet leaves to its reader: what is done with valid data.
function processData(data)
  return data.required_field * 2
end

-- Comprehensive error handling
Handlers.add(
  "SafeOperation",
  Handlers.utils.hasMatchingTag("Action", "SafeOperation"),
  function(msg)
    local success, result = pcall(function()
      -- Your operation logic here
      local data = json.decode(msg.Data)
      if not data.required_field then
        error("Missing required field")
      end
      return processData(data)
    end)
    if success then
      ao.send({
        Target = msg.From,
        Data = json.encode({ success = true, result = result })
      })
    else
      ao.send({
        Target = msg.From,
        Data = json.encode({
          success = false,
          error = result,
          timestamp = msg.Timestamp
        })
      })
    end
  end
)
