"""The reports of a day, F01 and F02: roll, cases and register together."""
