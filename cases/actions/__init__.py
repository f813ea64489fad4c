"""The only code that writes cases: opening, following the roll, acts of people."""
