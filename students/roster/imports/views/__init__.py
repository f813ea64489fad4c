"""Bringing a roster in, step by step: upload, columns, preview with corrections, end."""
