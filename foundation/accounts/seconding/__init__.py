"""What needs a second person: posts that reach the whole county, and their holders' passwords."""
