"""Spans of days that every storey counts with."""

from datetime import timedelta

ONE_DAY = timedelta(days=1)
