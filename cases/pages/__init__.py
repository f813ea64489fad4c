"""The pages of cases, and what they compute from the rows for display."""
