"""What every page and answer of the product shares: frame, menu, errors, limits, icons."""
