-- Patterns and handlers that many processes need.

local utils = require(".utils")

local handlers_utils = { _version = "0.0.2" }

--- A pattern: the message has the tag `name` with exactly this value.
function handlers_utils.hasMatchingTag(name, value)
  assert(type(name) == "string" and type(value) == "string", "invalid arguments: (name : string, value : string)")
  return function(msg)
    return msg.Tags[name] == value
  end
end

--- A pattern: the tag `name` has one of these values.
function handlers_utils.hasMatchingTagOf(name, values)
  assert(type(name) == "string" and type(values) == "table", "invalid arguments: (name : string, values : string[])")
  return function(msg)
    for _, value in ipairs(values) do
      if msg.Tags[name] == value then
        return true
      end
    end
    return 0
  end
end

--- A pattern: the message's data is exactly `value`.
function handlers_utils.hasMatchingData(value)
  assert(type(value) == "string", "invalid arguments: (value : string)")
  return function(msg)
    return msg.Data == value
  end
end

--- A handler that replies with a text, or with a message.
function handlers_utils.reply(input)
  assert(type(input) == "table" or type(input) == "string", "invalid arguments: (input : table or string)")
  return function(msg)
    if type(input) == "string" then
      msg.reply({ Data = input })
    else
      msg.reply(input)
    end
  end
end

--- A pattern that lets later handlers see the message too.
function handlers_utils.continue(pattern)
  return function(msg)
    local match = utils.matchesSpec(msg, pattern)
    if not match or match == 0 or match == "skip" then
      return match
    end
    return 1
  end
end

return handlers_utils
