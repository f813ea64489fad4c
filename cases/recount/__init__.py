"""Counts spells, cases and deadlines again when calendar or roster changed for days past."""
