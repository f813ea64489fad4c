"""Kinds of absence and sessions of a day as tables (forms 1.4); half-days are the unit of count."""

from dataclasses import dataclass
from datetime import date

SESSIONS = {"d": "全天", "am": "上午", "pm": "下午"}
HALVES = {"d": 2, "am": 1, "pm": 1}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of absence: whether it excuses, and whether it must have an end date to do so."""

    code: str
    label: str
    excused: bool
    needs_end: bool = False


KINDS = (
    Kind("unexcused", "无故未到", excused=False),
    Kind("unreachable", "未联系上", excused=False),  # counts as unexcused (design 4, Counting)
    Kind("sick", "病假", excused=True, needs_end=True),
    Kind("personal", "事假", excused=True, needs_end=True),
    Kind("official", "公假", excused=True),
    Kind("quarantine", "居家（疾控）", excused=True, needs_end=True),
)
BY_CODE = {kind.code: kind for kind in KINDS}


def is_excused(code: str, leave_until: date | None, day: date) -> bool:
    """Whether the absence is excused on ``day``: a leave excuses up to its end date (R9)."""
    kind = BY_CODE[code]
    if not kind.excused:
        return False
    return not kind.needs_end or (leave_until is not None and day <= leave_until)
