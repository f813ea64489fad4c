"""Asks when a child was last at school. The roll calls, which lie above the roster, answer."""

from collections.abc import Callable
from datetime import date

# Filled when the apps are ready: child, day → the last day up to it on which the child was there.
LAST_THERE: list[Callable[[int, date], date | None]] = []


def last_there(child_id: int, today: date) -> date | None:
    """The last day up to today on which a roll found the child at school; None if none did."""
    days = (ask(child_id, today) for ask in LAST_THERE)
    return max((day for day in days if day), default=None)
