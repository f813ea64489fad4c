"""The views of early warning and of the 重点关注 ledger, one module a noun."""
