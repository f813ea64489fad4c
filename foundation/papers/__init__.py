"""Numbered papers: their texts, their life, and their print."""
