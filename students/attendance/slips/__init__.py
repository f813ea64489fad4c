"""Leave slips: the forms to enter them, and which ones are owed."""
