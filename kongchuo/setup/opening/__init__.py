"""The first run: the technician's address, the opening workbook, what is still missing."""
