"""Lists of pupils: their columns and filters, the page, and the export as a workbook."""
