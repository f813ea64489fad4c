"""Where children are found out of school otherwise than by the roll."""
