"""How often one person may look at, search or take away what is about children."""
