"""Returns of a county: sheets, workbooks, downloads."""
