"""Commands of the accounts app that an operator runs by hand."""
