"""Reads one uploaded table inside its own limited process; holds no secret and may die (S45, S46).

Run as ``python -m foundation.tablefiles.reader IN OUT [LIMITS]``. It imports neither Django nor
anything else of ours: a hostile file can abort the library that reads it, and the parent
(reading.py) then says that the file cannot be read.

The output is JSON lines: first {"sheet": name}; then one list of cells for every row of the sheet,
up to its last filled cell; last {"rows": how many, "facts": {…}}. Instead of any line may come
{"refused": reason, "where": place}, and nothing after it. An output without its last line is
no whole output.
"""
