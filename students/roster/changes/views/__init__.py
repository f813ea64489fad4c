"""The pages of changes, of the daily report and of the monthly report."""
