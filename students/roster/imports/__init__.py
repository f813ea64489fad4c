"""Importing a roster from a sheet: read, compare, ask, correct, write, take back."""
