"""返校: which boarders are back on the evening before school begins again."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from students.attendance.models import Absence
from students.attendance.rolls.days import is_return_evening
from students.attendance.rolls.states import SessionState, evening_of
from students.attendance.rules.kinds import BY_CODE, EVENING
from students.calendars.workdays import Calendar
from students.roster.models import Enrolment, SchoolClass

LOOK_BACK = 120  # days; longer than any vacation


@dataclass(frozen=True, slots=True)
class MissingBoarder:
    """A boarder who was not back."""

    child_id: int
    name: str
    kind_label: str


@dataclass(frozen=True, slots=True)
class EveningRow:
    """A class with boarders: how many are expected, and who was not back."""

    school_class: SchoolClass
    boarders: int
    state: SessionState
    missing: tuple[MissingBoarder, ...]


def evening_rows(classes: Sequence[SchoolClass], day: date) -> list[EveningRow]:
    """The classes with boarders on ``day``, those not entered first: three queries."""
    ids = [row.pk for row in classes]
    due = Enrolment.objects.expected_on(day).filter(school_class__in=ids, child__boards=True)
    boarders = Counter(due.values_list("school_class_id", flat=True))
    states, missing = evening_of(classes, day), _missing(ids, day)
    rows = [
        EveningRow(row, boarders[row.pk], states[row.pk].sessions[0], tuple(missing[row.pk]))
        for row in classes
        if boarders[row.pk]
    ]
    return sorted(rows, key=lambda row: row.state.roll_call is not None)


def last_evening(calendar: Calendar, today: date) -> date | None:
    """The last evening up to today on which boarders came back; None within the search range."""
    days = (today - timedelta(days=n) for n in range(LOOK_BACK))
    return next((day for day in days if is_return_evening(calendar, day)), None)


def _missing(class_ids: Sequence[int], day: date) -> dict[int, list[MissingBoarder]]:
    found: dict[int, list[MissingBoarder]] = defaultdict(list)
    rows = Absence.objects.standing().filter(
        roll_call__school_class__in=class_ids, day=day, roll_call__session=EVENING
    )
    for row in rows.select_related("child", "roll_call").order_by("child__name_key", "child_id"):
        one = MissingBoarder(row.child_id, row.child.name, BY_CODE[row.kind].label)
        found[row.roll_call.school_class_id].append(one)
    return found
