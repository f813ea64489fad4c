"""Commands of the demo app that an operator runs by hand."""
