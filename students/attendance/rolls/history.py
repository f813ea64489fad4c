"""One child's attendance over its time at school: by term, by kind, the latest days."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from students.attendance.models import Absence, AbsenceSpell, LeaveSlip
from students.attendance.rules.kinds import BY_CODE, SESSIONS
from students.attendance.slips.contrary import SlipShown, beside_the_roll
from students.calendars.models import SchoolTerm

LATEST = 10
OUTSIDE = "学期以外"
_PEOPLE = ("taken_by__person", "taken_back_by__person")


@dataclass(frozen=True, slots=True)
class TermAbsences:
    """The absences of one term: days by kind, half-days as 0.5; 迟到 and 早退 by times."""

    label: str
    counts: list[tuple[str, str]]
    total: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """Terms newest first, the latest days, absence spells, and leave slips."""

    terms: list[TermAbsences]
    days: list[tuple[Absence, str, str]]
    spells: list[AbsenceSpell]
    slips: list[SlipShown]


def attendance_of(child_id: int, county_id: int) -> Attendance:
    """Five queries. The caller has checked that the viewer may read the child."""
    absences = list(
        Absence.objects.standing()
        .counted()
        .filter(child_id=child_id)
        .select_related("roll_call")
        .order_by("-day", "-pk")
    )
    terms = list(SchoolTerm.objects.filter(county_id=county_id).order_by("-first_day"))
    spells = AbsenceSpell.objects.standing().filter(child_id=child_id).order_by("-started_on")
    slips = LeaveSlip.objects.filter(child_id=child_id)
    return Attendance(
        terms=_by_term(absences, terms),
        days=[(a, BY_CODE[a.kind].label, SESSIONS[a.roll_call.session]) for a in absences[:LATEST]],
        spells=list(spells[:LATEST]),
        slips=beside_the_roll(list(slips.select_related(*_PEOPLE)[:LATEST])),
    )


def _by_term(absences: Iterable[Absence], terms: list[SchoolTerm]) -> list[TermAbsences]:
    found: dict[str, list[Absence]] = {}
    for absence in absences:
        found.setdefault(_term_of(absence.day, terms), []).append(absence)
    return [_tally(label, rows) for label, rows in found.items()]


def _tally(label: str, absences: list[Absence]) -> TermAbsences:
    missing = [row for row in absences if not BY_CODE[row.kind].present]
    there = Counter(row.kind for row in absences if BY_CODE[row.kind].present)
    halves = Counter[str]()
    for row in missing:
        halves[row.kind] += row.halves
    days = [(BY_CODE[kind].label, _days(count)) for kind, count in halves.most_common()]
    times = [(BY_CODE[kind].label, f"{count}次") for kind, count in there.most_common()]
    return TermAbsences(label, [*days, *times], _days(halves.total()))


def _term_of(day: date, terms: list[SchoolTerm]) -> str:
    found = (str(term) for term in terms if term.first_day <= day <= term.last_day)
    return next(found, OUTSIDE)


def _days(halves: int) -> str:
    return f"{halves / 2:g}天"
