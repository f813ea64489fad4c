"""Counts cases again when what they were counted from has changed afterwards."""
