-- What is gone through by its places. `ipairs` does it, too, and calls a function for each.

--- Answers `t`; raises the error of `ipairs` if it cannot be gone through.
return function(t)
  if type(t) ~= "table" then
    for _ in ipairs(t) do end
  end
  return t
end
