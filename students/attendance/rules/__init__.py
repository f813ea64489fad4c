"""Rules of absence: kinds, leave, spells, sums. They read no database."""
