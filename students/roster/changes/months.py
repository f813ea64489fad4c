"""Reads a month of changes from the database in a fixed number of queries."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from foundation.days import ONE_DAY
from students.roster.changes.figures import ChildSeat, Course, GradeRow, grade_rows
from students.roster.models import AwaySpell, Change, Enrolment, SchoolClass
from students.roster.rules.change_kinds import State
from students.roster.rules.grades import NAMES, grade_name, school_year_of

GRADES = (*(f"{name}年级" for name in NAMES), "未入学", "已毕业")
GRADUATION_MONTHS = (6, 7, 8)
LAST_GRADES = (f"{NAMES[5]}年级", f"{NAMES[8]}年级")
_NEVER_WAS = (State.REFUSED, State.WITHDRAWN, State.ASKED, State.APPLIED, State.APPROVED)


@dataclass(frozen=True, slots=True)
class MonthOfChanges:
    first: date
    last: date
    rows: list[GradeRow]
    changes: list[Change]

    @property
    def is_balanced(self) -> bool:
        """Whether every grade's row balances."""
        return all(row.is_balanced for row in self.rows)


def month_of(first: date, today: date) -> tuple[date, date]:
    """Return the first and last day of the month; the last day of the current month is today."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return first, min(last, today)


def changes_in_month(
    classes: QuerySet[SchoolClass], changes: QuerySet[Change], first: date, last: date
) -> MonthOfChanges:
    """Build the month from the classes and the changes that the viewer may see."""
    year = school_year_of(last)
    before = _seats(classes, first - ONE_DAY, year)
    after = _seats(classes, last, year)
    standing = changes.exclude(state__in=_NEVER_WAS).filter(occurred_on__range=(first, last))
    rows = list(standing.order_by("occurred_on", "pk"))
    kinds: dict[int, list[str]] = defaultdict(list)
    for child, kind in _moved_in(before.keys() | after.keys(), first, last):
        kinds[child].append(kind)
    new = _first_enrolled(after.keys() - before.keys(), classes, first)
    graduates = _graduates(before, after, last)
    courses = (
        Course(
            before.get(child),
            after.get(child),
            tuple(kinds[child]),
            is_new=child in new,
            is_graduate=child in graduates,
        )
        for child in before.keys() | after.keys()
    )
    made = grade_rows(courses, GRADES)
    shown = [row for row in made if row.grade not in GRADES[-2:] or any(row.cells)]
    return MonthOfChanges(first, last, shown, rows)


def _seats(classes: QuerySet[SchoolClass], day: date, year: int) -> dict[int, ChildSeat]:
    """Return where each child of the classes was at the end of the day, with the grade of the
    month."""
    away = set(AwaySpell.objects.on(day).values_list("child_id", flat=True))
    rows = Enrolment.objects.on(day).filter(school_class__in=classes)
    values = rows.values_list(
        "child_id", "school_id", "school_class__stage", "school_class__entry_year"
    )
    return {
        child: ChildSeat(grade_name(stage, entry_year, year), school, child not in away)
        for child, school, stage, entry_year in values
    }


def _moved_in(children: Collection[int], first: date, last: date) -> list[tuple[int, str]]:
    """Return child and kind of each change of the month, in order of time.

    A suspension counts on the day it begins, every other change on its own day. A transfer counts
    on the day of departure and on the day of arrival.
    """
    rows = Change.objects.exclude(state__in=_NEVER_WAS).filter(
        child_id__in=children, occurred_on__lte=last
    )
    recent = rows.filter(settled_on__gte=first) | rows.filter(recorded_on__gte=first)
    return list(recent.order_by("occurred_on", "pk").values_list("child_id", "kind"))


def _first_enrolled(
    children: Collection[int], classes: QuerySet[SchoolClass], first: date
) -> set[int]:
    """Return which of the children are new to the stage and in its first grade (一年级, 七年级)."""
    enrolments = Enrolment.objects.filter(child_id__in=children)
    entry = enrolments.filter(
        school_class__in=classes,
        school_class__entry_year=school_year_of(first + timedelta(days=31)),
    )
    earlier = enrolments.filter(starts_on__lt=first)
    pair = ("child_id", "school_class__stage")
    return {child for child, _ in set(entry.values_list(*pair)) - set(earlier.values_list(*pair))}


def _graduates(before: dict[int, ChildSeat], after: dict[int, ChildSeat], last: date) -> set[int]:
    """Return the pupils of grades 6 and 9 whose enrolment ended with the school year (census)."""
    if last.month not in GRADUATION_MONTHS:
        return set()
    return {child for child in before.keys() - after.keys() if before[child].grade in LAST_GRADES}
