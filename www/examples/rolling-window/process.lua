-- Use efficient data structures
-- Instead of storing full transaction history:
-- Transactions = {} -- Can grow very large

-- Use rolling window or summary data:
RecentTransactions = {} -- Last 100 transactions
TransactionSummary = {
  total_count = 0,
  total_volume = 0,
  last_updated = 0
}

-- What the snippet leaves to its reader: filling them.
Handlers.add(
  "Record",
  Handlers.utils.hasMatchingTag("Action", "Record"),
  function(msg)
    local amount = tonumber(msg.Tags.Amount)
    table.insert(RecentTransactions, { id = msg.Id, amount = amount })
    while #RecentTransactions > 100 do
      table.remove(RecentTransactions, 1)
    end
    TransactionSummary.total_count = TransactionSummary.total_count + 1
    TransactionSummary.total_volume = TransactionSummary.total_volume + amount
    TransactionSummary.last_updated = msg.Timestamp
    msg.reply({ Data = json.encode(TransactionSummary) })
  end
)
