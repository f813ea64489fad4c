"""Which classes owe a roll on a day, and how many: for the 提交率 of a morning and the return.

A class owes one on each school day from its first pupil to its last, even while some of its pupils
are out of class.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from foundation.prepared import prepared
from students.attendance.rolls.states import sessions_of
from students.roster.models import Enrolment, School, SchoolClass
from students.roster.rules.grades import is_at_school

_STANDING = Q(enrolments__starts_on__isnull=False, enrolments__voided_on__isnull=True)


class ClassFacts(NamedTuple):
    """What of a class says whether it is taught on a day."""

    stage: str
    entry_year: int
    closed_on: date | None


class DueClass(NamedTuple):
    """A class, or its facts alone, and the days on which it had pupils."""

    school_class: Any
    first: date
    last: date

    def is_due_on(self, day: date, school_year: int) -> bool:
        """Whether the class owes a roll on a school day."""
        one = self.school_class
        if one.closed_on is not None and one.closed_on <= day:
            return False
        at_school = is_at_school(one.stage, one.entry_year, school_year)
        return at_school and self.first <= day <= self.last


def due_classes(schools: Iterable[School], day: date | None = None) -> list[DueClass]:
    """The classes that ever had pupils, from the first day to the last: one query.

    With ``day`` only those that had pupils before and after it, each for that day alone: what a
    county asks each morning need not read every enrolment there ever was.
    """
    if day is not None:
        return [DueClass(row, day, day) for row in _around([one.pk for one in schools], day)]
    rows = SchoolClass.objects.filter(_STANDING, school__in=schools).annotate(
        first=Min("enrolments__starts_on"),
        last=Max(Coalesce("enrolments__ends_on", date.max)),
    )
    return [DueClass(row, row.first, row.last) for row in rows.select_related("school")]


def due_by_school(schools: Iterable[School], day: date, school_year: int) -> dict[int, int]:
    """How many of the classes of ``due_classes`` owe a roll on a school day, by school: one query.

    Where a county counts, no objects are made of 1,700 classes: those of a kind are read as one.
    """

    @cache
    def owes(*facts: Any) -> bool:
        return DueClass(ClassFacts(*facts), day, day).is_due_on(day, school_year)

    found: dict[int, int] = Counter()
    for school_id, *facts, number in _facts_around(schools=[one.pk for one in schools], day=day):
        if owes(*facts):
            found[school_id] += number
    return found


@prepared
def _facts_around(*, schools: Any, day: Any) -> QuerySet[Any, Any]:
    rows = _around(schools, day).order_by().values_list("school_id", *ClassFacts._fields)
    return rows.annotate(number=Count("*"))


def _around(schools: Any, day: Any) -> QuerySet[SchoolClass]:
    """Most classes have a pupil on the day itself: one look at the index instead of two."""
    held = Enrolment.objects.filter(
        school_class=OuterRef("pk"), starts_on__isnull=False, voided_on__isnull=True
    )
    until = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    here = Subquery(held.filter(until, starts_on__lte=day).order_by().values("starts_on")[:1])
    around = Q(Exists(held.filter(starts_on__lte=day)), Exists(held.filter(until)))
    return SchoolClass.objects.filter(Q(IsNull(here, False)) | around, school__among=schools)


def rolls_of(marks_half_days: bool, called: Collection[str]) -> tuple[int, int]:
    """(due, called) of one class on a day it owes a roll, from the sessions that were called.

    Where half-days are marked two are due, and a roll of the whole day counts as both. Sessions
    that were called tell how the school marked that day, even if it marks otherwise now.
    """
    if sessions_of(marks_half_days, called) == ("d",):
        due = 2 if marks_half_days else 1
        return due, due if called else 0
    return 2, len({"am", "pm"} & set(called))
