"""The reader: one uploaded table in its own limited process, which may crash (S45, S46).

Run as ``python -m foundation.tablefiles.reader IN OUT [LIMITS]``. It imports neither Django nor
anything else of ours and holds no secret. A hostile file can crash the library that reads it; the
parent (reading.py) then says that the file cannot be read.

The output is JSON lines: first {"sheet": name}; then one list of cells for every row of the sheet,
up to its last filled cell; last {"rows": how many, "facts": {…}}. Instead of any line may come
{"refused": reason, "where": place}, and nothing after it. Output without its last line is
incomplete.
"""
