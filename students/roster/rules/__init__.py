"""What holds of a roster whatever the database says: columns, kinds, codes, names, grades."""
