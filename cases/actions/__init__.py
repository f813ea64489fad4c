"""Writes to cases that follow from the roll and the clock, and the writing every move shares."""
