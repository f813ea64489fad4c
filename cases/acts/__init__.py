"""The acts of people on a case, one file an act: conditions, rows, letter, words in one object."""
