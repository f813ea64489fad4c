"""Regions, units, people, posts, rights, audit and the dated parameters of a county."""
