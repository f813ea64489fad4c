"""Indicators, and the queries that count them. Results are plain numbers."""
