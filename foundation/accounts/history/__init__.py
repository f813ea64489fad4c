"""What the history of rows knows of who wrote them, and that nobody silences it."""
