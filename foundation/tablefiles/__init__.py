"""Any sheet that a person brings, as rows: read in a limited process of its own."""
