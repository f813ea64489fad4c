"""School years, terms, working days and school days of a county."""
