"""Each kind of paper about a case, one module a kind; every.py lists them."""
