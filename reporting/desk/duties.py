"""The duties of the viewer, one row a child, the most urgent first (ux 5.3, 5.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min

from cases.models import URGENCY, Case, Deadline
from cases.pages import queue
from cases.pages.doing import done_at
from cases.wording import DueBadge, badge_of
from foundation.accounts.viewer import Viewer
from students.calendars.workdays import Calendar
from students.roster.rules.grades import school_year_of

SHOWN = 20  # children; the queue lists the others


@dataclass(frozen=True, slots=True)
class OwedDuty:
    """A duty in words with its due state, and the page where it is done."""

    label: str
    due: DueBadge
    due_on: date
    url: str
    act: str  # words of the button


@dataclass(frozen=True, slots=True)
class ChildDuties:
    """A child with what is owed for it: the next duty, and those after it."""

    case: Case
    name: str
    place: str
    next: OwedDuty
    later: tuple[OwedDuty, ...]


@dataclass(frozen=True, slots=True)
class TodoList:
    """The children with duties: those shown, how many there are, and the duties by due state."""

    rows: tuple[ChildDuties, ...]
    children: int
    tallies: queue.Tallies

    @property
    def more(self) -> int:
        """How many children are not shown."""
        return self.children - len(self.rows)


def todo_of(viewer: Viewer, today: date, calendar: Calendar) -> TodoList:
    """What the viewer's posts owe. Four queries."""
    tallies = queue.tally(viewer, today, calendar)
    if not tallies.total:
        return TodoList((), 0, tallies)
    owed = queue.mine(viewer, today)
    by_case = owed.order_by().values("case_id").annotate(first=Min("due_on"))
    first = [row["case_id"] for row in by_case.order_by("first", "case_id")[:SHOWN]]
    children = owed.aggregate(n=Count("case", distinct=True))["n"]
    rows = owed.filter(case__in=first).select_related(
        "case__child", "case__school", "case__village", "case__school_class"
    )
    by_child: dict[int, list[Deadline]] = {pk: [] for pk in first}
    for row in rows.order_by(*URGENCY):
        by_child[row.case_id].append(row)
    made = (_child(found, viewer, today, calendar) for found in by_child.values())
    return TodoList(tuple(made), children, tallies)


def _child(
    owed: Sequence[Deadline], viewer: Viewer, today: date, calendar: Calendar
) -> ChildDuties:
    case = owed[0].case
    school_class = case.school_class
    class_name = school_class.name_in(school_year_of(today)) if school_class else ""
    place = f"{case.school or case.village or '户籍待核实'} {class_name}".strip()
    first, *later = [_duty(row, today, calendar) for row in owed]
    name = viewer.name_of(case.child.name, case.child_id)
    return ChildDuties(case, name, place, first, tuple(later))


def _duty(row: Deadline, today: date, calendar: Calendar) -> OwedDuty:
    return OwedDuty(
        row.duty.label,
        badge_of(row.due_on, today, calendar),
        row.due_on,
        done_at(row),
        "去办理" if row.duty.met_by else "查看",
    )
