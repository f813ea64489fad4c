"""Every workbook that we write."""
