"""Early warning by rules that can be read, and the 重点关注 ledger that people keep."""
