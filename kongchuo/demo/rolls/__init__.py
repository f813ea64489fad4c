"""The roll calls of the demo: who is missing, and the rows that tells of it."""
