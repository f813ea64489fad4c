"""Accounts that nobody uses: who is told, and what work lies with them (S57)."""
