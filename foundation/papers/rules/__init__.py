"""Rules of papers: their life, their merge fields, their numbers. Standard library only."""
