"""Special groups, and parents who are away from home."""
