"""Lists: one way to sort, page, print, choose the columns of, keep and select rows of a list."""
