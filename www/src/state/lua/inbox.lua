-- Messages of the inbox, the newest first, from number `from` down: number, action, sender, time, data.
return function(from, limit)
  local inbox, rows = Inbox or {}, {}
  local first = from or #inbox
  for i = first, math.max(1, first - limit + 1), -1 do
    local msg = inbox[i]
    if type(msg) == "table" then
      rows[#rows + 1] = {
        i, msg.Action ~= nil and text_of(msg.Action) or "", tostring(msg.From), tonumber(msg.Timestamp) or 0,
        msg.Data ~= nil and (type(msg.Data) == "string" and quoted(msg.Data) or text_of(msg.Data)) or "",
      }
    end
  end
  return { #inbox, rows }
end
