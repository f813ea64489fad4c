"""Reads a month of changes from the database in a fixed number of queries."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from foundation.days import ONE_DAY
from students.roster.changes.figures import ChildSeat, Course, GradeRow, grade_rows
from students.roster.models import AwaySpell, Change, Child, Enrolment, SchoolClass
from students.roster.models.querysets import in_force
from students.roster.rules.change_kinds import State
from students.roster.rules.grades import NAMES, grade_name, is_at_school, school_year_of

NOT_YET = "未入学"
GRADES = (*(f"{name}年级" for name in NAMES), NOT_YET)
_GRADES_OF = {"1": GRADES[:6], "2": GRADES[6:9]}
GRADUATION_MONTHS = (6, 7, 8)
LAST_GRADES = (f"{NAMES[5]}年级", f"{NAMES[8]}年级")
_NEVER_WAS = (State.REFUSED, State.WITHDRAWN, State.ASKED, State.APPLIED, State.APPROVED)


OutOfSchool = Callable[[QuerySet[Child], Sequence[date]], dict[date, set[int]]]


@dataclass(frozen=True, slots=True)
class MonthOfChanges:
    """A month's rows, the last one 合计. ``finished`` are the enrolments of pupils whose class has
    finished: they stand in no row until they graduate."""

    first: date
    last: date
    rows: list[GradeRow]
    changes: list[Change]
    finished: Sequence[Enrolment] = ()

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

    ``out_of_school`` tells which of some children are dropouts on each of some days; they are not
    在校.
    """
    year, days = school_year_of(last), (first - ONE_DAY, last)
    enrolments = Enrolment.objects.filter(school_class__in=classes)
    pupils = Child.objects.filter(pk__in=enrolments.values("child_id"))
    dropouts = out_of_school(pupils, days)
    before, _ = _seats(enrolments, days[0], year, dropouts[days[0]])
    after, finished = _seats(enrolments, last, year, dropouts[last])
    standing = changes.exclude(state__in=_NEVER_WAS).filter(occurred_on__range=(first, last))
    rows = list(standing.order_by("occurred_on", "pk"))
    kinds: dict[int, list[str]] = defaultdict(list)
    for child, kind in _moved_in(enrolments, first, last):
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
    return MonthOfChanges(first, last, shown, rows, _finishers(enrolments, finished, last))


def _grades_taught(classes: QuerySet[SchoolClass], year: int) -> set[str]:
    """The grades of the stages that have a class in the school year; all where there is none."""
    pairs = set(classes.order_by().values_list("stage", "entry_year"))
    stages = {stage for stage, entry in pairs if is_at_school(stage, entry, year)}
    return {grade for stage in stages or _GRADES_OF for grade in _GRADES_OF[stage]}


def _seats(
    enrolments: QuerySet[Enrolment], day: date, year: int, dropouts: set[int]
) -> tuple[dict[int, ChildSeat], list[int]]:
    """Return where each child was at the end of the day, with the grade of the month, and who is
    left out since the class has finished."""
    away = set(AwaySpell.objects.on(day).values_list("child_id", flat=True))
    dropouts = dropouts - away
    gone = away | dropouts
    values = enrolments.filter(in_force(day)).values_list(
        "child_id", "school_id", "school_class__stage", "school_class__entry_year"
    )
    seats: dict[int, ChildSeat] = {}
    finished: list[int] = []
    for child, school, stage, entry_year in values:
        if year > entry_year and not is_at_school(stage, entry_year, year):
            finished.append(child)
            continue
        in_class, grade = child not in gone, grade_name(stage, entry_year, year)
        seats[child] = ChildSeat(grade, school, in_class, child in dropouts)
    return seats, finished


def _finishers(
    enrolments: QuerySet[Enrolment], children: Collection[int], day: date
) -> list[Enrolment]:
    """Return the enrolments of the children on the day, with what the page names. One query."""
    if not children:
        return []
    rows = enrolments.filter(in_force(day), child__in=children)
    return list(rows.select_related("child", "school__unit", "school_class").order_by("pk"))


def _moved_in(enrolments: QuerySet[Enrolment], first: date, last: date) -> list[tuple[int, str]]:
    """Return child and kind of each change of the month, in order of time.

    A suspension counts on the day it begins, every other change on its own day. A transfer counts
    on the day of departure and on the day of arrival.
    """
    rows = Change.objects.exclude(state__in=_NEVER_WAS).filter(
        occurred_on__lte=last,
        child__in=enrolments.values("child_id"),
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
