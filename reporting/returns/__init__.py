"""A county's returns: their sheets, workbooks and downloads."""
