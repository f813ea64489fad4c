"""What people do to a case, one file an act: conditions, rows, letter, words, all in one object."""
