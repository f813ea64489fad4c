"""文书台账 as a workbook, by the way of all exports: purpose, second person, a file for a day."""
