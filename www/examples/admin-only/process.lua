-- Role-based access control
Roles = {
  [Owner] = "admin",
  -- Add other role assignments
}

local function hasRole(address, requiredRole)
  return Roles[address] == requiredRole
end

Handlers.add(
  "AdminOnly",
  Handlers.utils.hasMatchingTag("Action", "AdminOnly"),
  function(msg)
    if not hasRole(msg.From, "admin") then
      ao.send({
        Target = msg.From,
        Data = "Access denied: Admin role required"
      })
      return
    end
    -- Admin logic here
  end
)
