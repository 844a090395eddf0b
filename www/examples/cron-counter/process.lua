-- A process that the clock wakes: its tag Cron-Interval says how often.
Ticks = Ticks or 0
Last = Last or 0

Handlers.add("Cron", function(msg)
  Ticks = Ticks + 1
  Last = msg.Timestamp
end)

Handlers.add("Ticks", function(msg)
  msg.reply({ Data = tostring(Ticks) })
end)
