"""A month of attendance: of one child as a calendar, of a class as a grid. Fixed queries."""

from calendar import Calendar as Weeks
from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from foundation.days import days_between
from students.attendance.models import Absence
from students.attendance.rolls.begun import rosters_came
from students.attendance.rolls.facts import facts_of
from students.attendance.rolls.sheet import by_seat
from students.attendance.rules.marks import (
    AWAY,
    BEFORE_ROSTER,
    LATER,
    MISSING,
    NO_SCHOOL,
    NOT_HERE,
    UNCALLED,
    DayMark,
    mark_of,
)
from students.attendance.rules.spells import DayFact
from students.calendars.loading import CountyCalendars, calendars_of
from students.roster.models import AwaySpell, Child, Enrolment, SchoolClass

Kinds = Mapping[tuple[int, date], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class MarkedDay:
    """A day with its mark."""

    day: date
    mark: DayMark


@dataclass(frozen=True, slots=True)
class ChildMonth:
    """A child with the marks of a month, and the days that count as missed."""

    child: Child
    days: tuple[MarkedDay, ...]

    @property
    def missed(self) -> int:
        """Days marked as missed without reason, a half-day as one."""
        return sum(one.mark.tone == MISSING for one in self.days)

    @property
    def weeks(self) -> list[list[MarkedDay | None]]:
        """The month in weeks from Monday; None for a place outside the month."""
        first, by_day = self.days[0].day, {one.day: one for one in self.days}
        months = Weeks().monthdatescalendar(first.year, first.month)
        return [[by_day.get(day) for day in week] for week in months]


def month_around(day: date) -> tuple[date, date]:
    """The first and the last day of the month that ``day`` lies in."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def month_of_child(child: Child, day: date, today: date) -> ChildMonth:
    """The month around ``day`` of a child, whatever classes it was in."""
    first, last = month_around(day)
    held = _enrolments(first, last).filter(child=child)
    return _months([child], list(held), first, last, today)[0]


def month_of_class(school_class: SchoolClass, day: date, today: date) -> list[ChildMonth]:
    """The month around ``day`` of every child that was in the class on one of its days.

    They stand in the order of the roll: by seat number, then by name.
    """
    first, last = month_around(day)
    held = list(
        _enrolments(first, last)
        .filter(school_class=school_class)
        .select_related("child")
        .order_by("child__name_key", "child_id")
    )
    seated = sorted(held, key=lambda row: by_seat(row.seat_no))
    children = {row.child_id: row.child for row in seated}
    return _months(list(children.values()), held, first, last, today)


def _enrolments(first: date, last: date) -> QuerySet[Enrolment]:
    until = Q(ends_on__isnull=True) | Q(ends_on__gte=first)
    return Enrolment.objects.filter(until, starts_on__lte=last, voided_on__isnull=True)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the database tells of children in a month, by child."""

    facts: Mapping[tuple[int, date], DayFact]
    kinds: Kinds
    held: Mapping[int, list[Enrolment]]
    away: Mapping[int, list[AwaySpell]]
    calendars: CountyCalendars
    came: Mapping[int, date]  # the day of each school's first roster (rolls/begun.py)
    today: date

    def mark(self, child_id: int, day: date) -> DayMark:
        """The mark of the child on the day."""
        row = next((one for one in self.held[child_id] if _covers(one, day)), None)
        if row is None:
            return NOT_HERE
        fact = self.facts.get((child_id, day))
        if fact is not None:
            return mark_of(fact, self.kinds.get((child_id, day), ()))
        if not self.calendars.of_school(row.school_id).is_school_day(day):
            return NO_SCHOOL
        if any(_is_away(one, day) for one in self.away[child_id]):
            return AWAY
        if day < self.came.get(row.school_id, day):
            return BEFORE_ROSTER
        return LATER if day > self.today else UNCALLED


def _months(
    children: Sequence[Child], held: Sequence[Enrolment], first: date, last: date, today: date
) -> list[ChildMonth]:
    if not children:
        return []
    told = _told([child.pk for child in children], held, (first, last), today, children[0])
    days = list(days_between(first, last))
    return [
        ChildMonth(child, tuple(MarkedDay(day, told.mark(child.pk, day)) for day in days))
        for child in children
    ]


def _told(
    ids: list[int], held: Iterable[Enrolment], span: tuple[date, date], today: date, one: Child
) -> _Told:
    found, by_child = facts_of(ids, *span), _by_child(held)
    schools = {row.school_id for rows in by_child.values() for row in rows}
    away = AwaySpell.objects.filter(child__in=ids).between(*span)
    return _Told(
        {(child, fact.day): fact for child, facts in found.items() for fact in facts},
        _kinds(ids, *span),
        by_child,
        _by_child(away),
        calendars_of(one.county_id),
        rosters_came(schools),
        today,
    )


def _by_child(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.child_id].append(row)
    return found


def _covers(row: Enrolment, day: date) -> bool:
    started = row.starts_on is not None and row.starts_on <= day
    return started and (row.ends_on is None or day <= row.ends_on)


def _is_away(row: AwaySpell, day: date) -> bool:
    return row.starts_on <= day and (row.back_on is None or day < row.back_on)


def _kinds(children: Collection[int], first: date, last: date) -> Kinds:
    """What each child was marked as on each day, in the order of the sessions. One query."""
    rows = (
        Absence.objects.standing()
        .counted()
        .filter(child_id__in=children, day__range=(first, last))
        .order_by("day", "roll_call__session")
    )
    found: dict[tuple[int, date], list[tuple[str, str]]] = defaultdict(list)
    for child, day, session, kind in rows.values_list(
        "child_id", "day", "roll_call__session", "kind"
    ):
        found[child, day].append((session, kind))
    return found
