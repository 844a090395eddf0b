-- Subscriber registration
Subscribers = Subscribers or {}

Handlers.add(
  "Subscribe",
  Handlers.utils.hasMatchingTag("Action", "Subscribe"),
  function(msg)
    local topic = msg.Tags.Topic
    if not Subscribers[topic] then
      Subscribers[topic] = {}
    end
    table.insert(Subscribers[topic], msg.From)
    ao.send({
      Target = msg.From,
      Data = "Subscribed to " .. topic
    })
  end
)

-- Broadcast messages
Handlers.add(
  "Publish",
  Handlers.utils.hasMatchingTag("Action", "Publish"),
  function(msg)
    local topic = msg.Tags.Topic
    if Subscribers[topic] then
      for _, subscriber in ipairs(Subscribers[topic]) do
        ao.send({
          Target = subscriber,
          Data = msg.Data,
          Tags = {
            { name = "Topic", value = topic },
            { name = "Publisher", value = msg.From }
          }
        })
      end
    end
  end
)
