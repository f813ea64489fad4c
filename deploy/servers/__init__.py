"""Database and queue: where they are, or our own, how they start, the keys they need."""
