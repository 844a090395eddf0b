-- Queues: first in, first out.

--- An empty queue.
return function()
  local values, head, tail = {}, 0, 0
  local queue = {}

  function queue.push(value)
    values[head] = value
    head = head + 1
  end

  --- The oldest value, or nil where there is none.
  function queue.pop()
    if tail < head then
      local value = values[tail]
      values[tail] = nil
      tail = tail + 1
      return value
    end
    return nil
  end

  function queue.size()
    return head - tail
  end

  --- How many values were pushed.
  function queue.getHead()
    return head
  end

  --- How many values were popped.
  function queue.getTail()
    return tail
  end

  function queue.reset()
    values, head, tail = {}, 0, 0
  end

  return queue
end
