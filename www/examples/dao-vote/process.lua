-- Members vote once on each proposal; a majority of all members decides it.
Members = Members or {}
Proposals = Proposals or {}
Tally = Tally or { yes = 0, no = 0 }

local function votes(proposal, choice)
  local n = 0
  for _, chosen in pairs(proposal.votes) do
    if chosen == choice then
      n = n + 1
    end
  end
  return n
end

Handlers.add("Join", function(msg)
  if not Utils.includes(msg.From, Members) then
    table.insert(Members, msg.From)
  end
  msg.reply({ Data = "Members: " .. #Members })
end)

Handlers.add("Propose", function(msg)
  table.insert(Proposals, { text = msg.Data, votes = {}, status = "open" })
  Tally = { yes = 0, no = 0 }
  msg.reply({ Proposal = tostring(#Proposals), Data = msg.Data })
end)

Handlers.add("Vote", function(msg)
  local proposal = Proposals[tonumber(msg.Proposal)]
  assert(proposal, "there is no proposal " .. tostring(msg.Proposal))
  assert(Utils.includes(msg.From, Members), "only members vote")
  assert(proposal.status == "open", "the vote is over")
  assert(not proposal.votes[msg.From], "you have voted already")
  assert(msg.Choice == "yes" or msg.Choice == "no", "choose yes or no")

  proposal.votes[msg.From] = msg.Choice
  Tally = { yes = votes(proposal, "yes"), no = votes(proposal, "no") }
  for choice, n in pairs(Tally) do
    if n * 2 > #Members then
      proposal.status = choice == "yes" and "accepted" or "rejected"
    end
  end
  msg.reply({ Data = proposal.status })
end)
