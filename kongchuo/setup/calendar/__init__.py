"""Pages of the county's calendar: school years, holidays of a year, and what they move."""
