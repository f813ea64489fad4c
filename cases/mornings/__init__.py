"""The official reports of a day, F01 and F02, made of roll, cases and reported changes."""
