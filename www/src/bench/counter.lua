n = 0
Handlers.add('Notice', 'Notice', function()
  n = n + 1
end)
