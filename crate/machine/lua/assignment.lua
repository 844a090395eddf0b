-- Messages that were sent to others and are assigned to this process: which of them it takes.

local utils = require(".utils")

local assignment = { _version = "0.1.0" }

local function index_of(ao, name)
  for i, assignable in ipairs(ao.assignables) do
    if assignable.name == name then
      return i
    end
  end
end

--- Adds what a process may call about assignments to `ao`.
function assignment.init(ao)
  ao.assignables = ao.assignables or {}

  --- Takes assignments that match `spec`; under a name, if one is given.
  function ao.addAssignable(...)
    local name, spec
    if select("#", ...) == 1 then
      spec = ...
    else
      name, spec = ...
      assert(type(name) == "string", "MatchSpec name MUST be a string")
    end
    local known = name and index_of(ao, name)
    if known then
      ao.assignables[known].pattern = spec
    else
      table.insert(ao.assignables, { name = name, pattern = spec })
    end
  end

  --- Takes them no longer: by name or by position.
  function ao.removeAssignable(which)
    local position
    if type(which) == "string" then
      position = index_of(ao, which)
    else
      assert(type(which) == "number", "index MUST be a number")
      position = which
    end
    if position and position > 0 and position <= #ao.assignables then
      table.remove(ao.assignables, position)
    end
  end

  --- Whether the message was sent to another.
  function ao.isAssignment(msg)
    return msg.Target ~= ao.id
  end

  --- Whether one of the assignables matches.
  function ao.isAssignable(msg)
    for _, assignable in pairs(ao.assignables) do
      if utils.matchesSpec(msg, assignable.pattern) then
        return true
      end
    end
    return false
  end
end

return assignment
