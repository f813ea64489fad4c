"""Converts a cell's value alike for every format: whole numbers as integers, dates as dates."""

import math
import re
from datetime import date, datetime, timedelta
from typing import Any

_FIRST, _LAST = 1, 2_958_465  # 1900-01-01 and 9999-12-31 in Excel's count
_1904 = 1_462  # days between the two counts
_LEAP_BUG = 60  # Excel counts a 29 February 1900
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|am/pm|a/p', re.IGNORECASE)
_SPAN = re.compile(r"\[[hms]+\]", re.IGNORECASE)  # hours that go on after 24
_BUILT_IN = frozenset((14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58))
_EXACT = 10**15  # a larger number has lost digits and stays a float (cells.id_number refuses it)


def blank_as_none(text: str) -> str | None:
    """Text, or None for nothing but spaces."""
    return text if text and not text.isspace() else None


def number(text: str) -> float | str | None:
    """A number of the file; anything else stays text."""
    try:
        value = float(text)
    except ValueError:
        return blank_as_none(text)
    if not math.isfinite(value):
        return text
    return int(value) if abs(value) < _EXACT and value.is_integer() else value


def is_date_format(code: int, pattern: str = "") -> bool:
    """Whether a number format shows a day. Times and spans of hours do not."""
    if not pattern:
        return code in _BUILT_IN
    if _SPAN.search(pattern):
        return False
    shown = _NOT_SHOWN.sub("", pattern.split(";")[0]).lower()
    if "y" in shown or "d" in shown:
        return True
    return "m" in shown and "h" not in shown and "s" not in shown


def day_of(serial: Any, since_1904: bool = False) -> Any:
    """Excel's day count as {"d": date}; a count outside its calendar stays a number."""
    if not isinstance(serial, int | float):
        return serial
    days = int(serial) + (_1904 if since_1904 else 0)
    if not _FIRST <= days <= _LAST:
        return serial
    shift = 0 if days > _LEAP_BUG else 1
    return {"d": (date(1899, 12, 30) + timedelta(days=days + shift)).isoformat()}


def iso_day(text: str) -> Any:
    """A day written 2011-01-01 or 2011-01-01T00:00:00; anything else stays text."""
    try:
        return {"d": date.fromisoformat(text[:10]).isoformat()}
    except ValueError:
        return blank_as_none(text)


def plain(cell: Any) -> Any:
    """A value of the calamine library, as JSON."""
    if isinstance(cell, datetime):
        return {"d": cell.date().isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float):
        return number(repr(cell))
    return blank_as_none(str(cell))
