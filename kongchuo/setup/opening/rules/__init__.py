"""Rules of the opening workbook: its sheets, how a cell is read, what is checked."""
