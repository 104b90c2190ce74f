"""Members: the tiers and who stands in each, the ledger of points, what the shop owes."""
