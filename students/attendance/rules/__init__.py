"""What holds of absence whatever the database says: kinds, leave, spells, sums."""
