"""Founds the demo county: places, people, schools, pupils."""
