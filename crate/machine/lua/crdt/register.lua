-- A register: of all that was written, the last.

local write = require(".crdt.write")

local LWWRegister = {}

function LWWRegister.empty()
  return {}
end

--- Writes a value, any that JSON can hold; answers the register.
function LWWRegister:set(value, replica, time)
  self.last = write.latest(self.last, write.new(value, replica, time, self.last))
  return self
end

--- What was written last; nil if nothing was.
function LWWRegister:value()
  return self.last and self.last.value
end

--- When, and by which replica, it was written.
function LWWRegister:written()
  if self.last then
    return self.last.time, self.last.replica
  end
end

function LWWRegister:merge(other)
  self.last = write.latest(self.last, other.last and write.received(other.last))
end

--- Plain data.
function LWWRegister:toTable()
  return { type = self.type, last = write.to_table(self.last) }
end

return LWWRegister
