"""Figures and returns. This storey reads everything below and writes only its own tables."""
