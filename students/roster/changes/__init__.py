"""学籍异动: recording a change, its proofs, its approval, the daily report and the monthly
report."""
