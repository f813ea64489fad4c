"""Commands that an operator runs by hand."""
