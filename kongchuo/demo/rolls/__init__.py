"""The roll calls of the demo: who is absent, and the rows that record it."""
