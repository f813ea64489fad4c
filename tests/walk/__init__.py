"""Records what every role sees of the demo county, and compares two recordings.

``python -m tests.walk record DIR`` walks the county of ``DATABASE_URL``, which is to be a copy:
jobs that wait are run in it. The addresses are asked with GET alone, each in a transaction that
is rolled back. ``python -m tests.walk compare BEFORE AFTER`` names what differs.

The clock stands still while recording, so that the same code gives the same recording twice. The
modules import nothing of the product, so that they walk any version of it: rows are found by the
labels of their models, addresses by their names.
"""
