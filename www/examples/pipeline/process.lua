-- What the snippet leaves to its reader: what this stage of the pipeline does.
function transformData(data)
  local sum = 0
  for _, value in ipairs(data.values) do
    sum = sum + value
  end
  return { count = #data.values, sum = sum }
end

-- Data processing handler
Handlers.add(
  "ProcessData",
  Handlers.utils.hasMatchingTag("Action", "ProcessData"),
  function(msg)
    local data = json.decode(msg.Data)
    -- Process the data
    local processed = transformData(data)
    -- Send to next process in pipeline
    ao.send({
      Target = msg.Tags.NextProcess,
      Data = json.encode(processed),
      Tags = {
        { name = "Action", value = "ReceiveProcessedData" },
        { name = "Source", value = ao.id }
      }
    })
  end
)
