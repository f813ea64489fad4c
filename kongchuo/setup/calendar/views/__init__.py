"""Views of the calendar: the list, a school year, the holidays of a year."""
