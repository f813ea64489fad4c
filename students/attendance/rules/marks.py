"""A day of a child's attendance as one sign and its words, for calendars and grids.

The sign never stands alone: a legend explains each, and the words are read aloud.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from students.attendance.rules.kinds import BY_CODE, SESSIONS
from students.attendance.rules.spells import MISSED, DayFact

_SIGNS = {
    "unexcused": "缺",
    "unreachable": "联",
    "sick": "病",
    "personal": "事",
    "official": "公",
    "quarantine": "居",
    "late": "迟",
    "early": "退",
    "other": "他",
}
MISSING, LEAVE, THERE, UNKNOWN, OFF = "missing", "leave", "there", "unknown", "off"
AS_UNEXCUSED = "按无故计"


@dataclass(frozen=True, slots=True)
class DayMark:
    """A sign, its words, and the tone that the style sheet colours by."""

    sign: str
    words: str
    tone: str


PRESENT = DayMark("✓", "到校", THERE)
UNCALLED = DayMark("未", "未点名", UNKNOWN)
NO_SCHOOL = DayMark("", "不上课", OFF)
NOT_HERE = DayMark("", "不在本班", OFF)
BEFORE_ROSTER = DayMark("", "名册导入以前", OFF)
AWAY = DayMark("休", "休学或转出待确认", UNKNOWN)
LATER = DayMark("", "还没到", OFF)


def mark_of(fact: DayFact, kinds: Sequence[tuple[str, str]]) -> DayMark:
    """The mark of a called day. ``kinds`` are the (session, kind) marked on it, in order.

    A leave that excuses nothing, because it has run out or lacks its slip, counts as 无故 and
    says so.
    """
    if not kinds:
        return PRESENT
    words = "、".join(_words(session, kind) for session, kind in kinds)
    worst = max((kind for _, kind in kinds), key=lambda kind: not BY_CODE[kind].present)
    row = BY_CODE[worst]
    if row.present:
        return DayMark(_SIGNS[worst], words, LEAVE)
    if MISSED not in fact.halves:
        return DayMark(_SIGNS[worst], words, LEAVE)
    told = f"{words}（{AS_UNEXCUSED}）" if row.excused else words
    return DayMark(_SIGNS[worst], told, MISSING)


def _words(session: str, kind: str) -> str:
    return f"{'' if session == 'd' else SESSIONS[session]}{BY_CODE[kind].label}"


def legend() -> list[DayMark]:
    """Every sign with its words, for the foot of a calendar."""
    kinds = (
        DayMark(sign, BY_CODE[code].label, LEAVE if _is_mild(code) else MISSING)
        for code, sign in _SIGNS.items()
    )
    return [PRESENT, *kinds, UNCALLED, AWAY]


def _is_mild(code: str) -> bool:
    return BY_CODE[code].present or BY_CODE[code].excused
