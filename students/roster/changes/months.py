"""Reads a month of changes from the database in a fixed number of queries."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from foundation.days import ONE_DAY
from students.roster.changes.figures import ChildSeat, Course, GradeRow, grade_rows
from students.roster.models import AwaySpell, Change, Child, Enrolment, SchoolClass
from students.roster.rules.change_kinds import State
from students.roster.rules.grades import NAMES, grade_name, is_at_school, school_year_of

NOT_YET = "未入学"
GRADES = (*(f"{name}年级" for name in NAMES), NOT_YET)
_GRADES_OF = {"1": GRADES[:6], "2": GRADES[6:9]}
GRADUATION_MONTHS = (6, 7, 8)
LAST_GRADES = (f"{NAMES[5]}年级", f"{NAMES[8]}年级")
_NEVER_WAS = (State.REFUSED, State.WITHDRAWN, State.ASKED, State.APPLIED, State.APPROVED)


OutOfSchool = Callable[[QuerySet[Child], date], set[int]]


@dataclass(frozen=True, slots=True)
class MonthOfChanges:
    """A month's rows, the last one 合计. ``finished`` counts pupils on the roll of classes that
    have finished, who stand in no row."""

    first: date
    last: date
    rows: list[GradeRow]
    changes: list[Change]
    finished: int = 0

    @property
    def is_balanced(self) -> bool:
        """Whether every grade's row balances."""
        return all(row.is_balanced for row in self.rows)


def month_of(first: date, today: date) -> tuple[date, date]:
    """Return the first and last day of the month; the last day of the current month is today."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return first, min(last, today)


def changes_in_month(
    classes: QuerySet[SchoolClass],
    changes: QuerySet[Change],
    first: date,
    last: date,
    out_of_school: OutOfSchool,
) -> MonthOfChanges:
    """Build the month from the classes and the changes that the viewer may see.

    ``out_of_school`` tells which of some children are dropouts on a day; they are not 在校.
    """
    year = school_year_of(last)
    before, _ = _seats(classes, first - ONE_DAY, year, out_of_school)
    after, finished = _seats(classes, last, year, out_of_school)
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
    taught = _grades_taught(classes, year)
    shown = [row for row in made if row.grade in taught or any(row.cells) or row is made[-1]]
    return MonthOfChanges(first, last, shown, rows, finished)


def _grades_taught(classes: QuerySet[SchoolClass], year: int) -> set[str]:
    """The grades of the stages that have a class in the school year; all where there is none."""
    pairs = set(classes.order_by().values_list("stage", "entry_year"))
    stages = {stage for stage, entry in pairs if is_at_school(stage, entry, year)}
    return {grade for stage in stages or _GRADES_OF for grade in _GRADES_OF[stage]}


def _seats(
    classes: QuerySet[SchoolClass], day: date, year: int, out_of_school: OutOfSchool
) -> tuple[dict[int, ChildSeat], int]:
    """Return where each child of the classes was at the end of the day, with the grade of the
    month, and how many are left out since their class has finished."""
    enrolled = Enrolment.objects.on(day).filter(school_class__in=classes)
    away = set(AwaySpell.objects.on(day).values_list("child_id", flat=True))
    children = Child.objects.filter(pk__in=enrolled.values("child_id"))
    dropouts = out_of_school(children, day) - away
    gone = away | dropouts
    values = enrolled.values_list(
        "child_id", "school_id", "school_class__stage", "school_class__entry_year"
    )
    seats: dict[int, ChildSeat] = {}
    finished = 0
    for child, school, stage, entry_year in values:
        if year > entry_year and not is_at_school(stage, entry_year, year):
            finished += 1
            continue
        in_class, grade = child not in gone, grade_name(stage, entry_year, year)
        seats[child] = ChildSeat(grade, school, in_class, child in dropouts)
    return seats, finished


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
