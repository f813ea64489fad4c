"""Lengths of time that every app counts with."""

from datetime import timedelta

ONE_DAY = timedelta(days=1)
