-- DAO voting process
Proposals = Proposals or {}
Votes = Votes or {}

Handlers.add(
  "CreateProposal",
  Handlers.utils.hasMatchingTag("Action", "CreateProposal"),
  function(msg)
    local proposalId = msg.Id
    Proposals[proposalId] = {
      title = msg.Tags.Title,
      description = msg.Data,
      creator = msg.From,
      created = msg.Timestamp,
      status = "active",
      votesFor = 0,
      votesAgainst = 0
    }
    ao.send({
      Target = msg.From,
      Data = "Proposal created: " .. proposalId
    })
  end
)
