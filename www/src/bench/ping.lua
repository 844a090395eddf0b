Handlers.add('Ping', 'Ping', function(msg)
  msg.reply({ Data = 'pong' })
end)
