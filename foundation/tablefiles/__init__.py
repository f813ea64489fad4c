"""Reads any uploaded table as rows, in a limited process of its own."""
