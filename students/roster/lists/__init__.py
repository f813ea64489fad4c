"""Lists of pupils: columns, filters, the page, and the way out as a workbook."""
