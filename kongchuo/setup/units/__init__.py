"""单位: the two lines as one tree, and the changes of its units."""
