"""Leave slips: entered, and owed."""
