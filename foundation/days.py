"""Lengths of time that every app counts with."""

from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def days_between(first: date, last: date) -> list[date]:
    """Every day from ``first`` to ``last``, both included."""
    return [first + ONE_DAY * n for n in range((last - first).days + 1)]
