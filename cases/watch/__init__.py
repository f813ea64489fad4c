"""Early warning by rules that people can read, and the 重点关注 ledger that people keep."""
