"""Rules of the roster that need no database: columns, kinds, codes, names, grades."""
