"""Reads a roster sheet: its cells, headings and rows."""
