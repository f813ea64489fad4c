"""What the roll tells of one child over its time at school: by term, by kind, the latest days."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from students.attendance.kinds import BY_CODE, SESSIONS
from students.attendance.models import Absence, AbsenceSpell
from students.calendars.models import SchoolTerm

LATEST = 10
OUTSIDE = "学期以外"


@dataclass(frozen=True, slots=True)
class TermAbsences:
    """The absences of one term: days by kind, halves counted as 0.5."""

    label: str
    counts: list[tuple[str, str]]
    total: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """Terms newest first, the latest days, and the spells of unexcused absence."""

    terms: list[TermAbsences]
    days: list[tuple[Absence, str, str]]
    spells: list[AbsenceSpell]


def attendance_of(child_id: int, county_id: int) -> Attendance:
    """Three queries whatever the data; who may read the child has been asked before."""
    absences = list(
        Absence.objects.standing()
        .filter(child_id=child_id)
        .select_related("roll_call")
        .order_by("-day", "-pk")
    )
    terms = list(SchoolTerm.objects.filter(county_id=county_id).order_by("-first_day"))
    spells = AbsenceSpell.objects.standing().filter(child_id=child_id).order_by("-started_on")
    return Attendance(
        terms=_by_term(absences, terms),
        days=[(a, BY_CODE[a.kind].label, SESSIONS[a.roll_call.session]) for a in absences[:LATEST]],
        spells=list(spells[:LATEST]),
    )


def _by_term(absences: Iterable[Absence], terms: list[SchoolTerm]) -> list[TermAbsences]:
    halves: dict[str, Counter[str]] = {}
    for absence in absences:
        label = _term_of(absence.day, terms)
        halves.setdefault(label, Counter())[absence.kind] += absence.halves
    return [
        TermAbsences(
            label,
            [(BY_CODE[kind].label, _days(count)) for kind, count in counts.most_common()],
            _days(counts.total()),
        )
        for label, counts in halves.items()
    ]


def _term_of(day: date, terms: list[SchoolTerm]) -> str:
    found = (str(term) for term in terms if term.first_day <= day <= term.last_day)
    return next(found, OUTSIDE)


def _days(halves: int) -> str:
    return f"{halves / 2:g}天"
