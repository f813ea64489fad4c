"""Recounts spells after the roster was changed for past days (补登异动, 名册导入).

A move, an enrolment or a return entered late changes on which days a class expected the child. This
module reads the roster rows that are new since the last look, for the few children whose count they
can change; the sweep recounts these (cases/recount/roster.py).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Least

from foundation.days import ONE_DAY
from students.attendance.actions.recounting import recount
from students.attendance.models import Absence, AbsenceSpell, FollowedRoster
from students.roster.models import ChangeEvent, Enrolment

# Every roster row is committed within this time, the county's largest import included.
_Place = tuple[int, date, date | None, bool]  # class, first and last day, whether it counts
# One query; the history rows have no model of their own.
_LAST = """
SELECT coalesce((SELECT max(id) FROM roster_enrolment), 0),
       coalesce((SELECT max(pgh_id) FROM roster_enrolmentevent), 0),
       coalesce((SELECT max(id) FROM roster_changeevent), 0)
"""


@dataclass(frozen=True, slots=True)
class Marks:
    """The last id in each roster table that says who was in class."""

    enrolment: int
    edit: int
    change: int


@dataclass(frozen=True, slots=True)
class RosterLook:
    """One look at the rows after ``since``, at least to ``until``; the first has no ``since``."""

    since: Marks | None
    until: Marks
    again: bool


def begin_look(now: datetime) -> RosterLook:
    """The start of this look, and how far the roster goes."""
    until = _marks_now()
    whole = FollowedRoster.objects.filter(again=True).order_by("-pk").values("pk")[:1]
    rows = list(FollowedRoster.objects.filter(pk__gte=Subquery(whole)))  # of a day
    if not rows:
        return RosterLook(None, until, again=True)
    if rows[0].followed_at <= now - ONE_DAY:
        return RosterLook(_marks(rows[0]), until, again=True)
    return RosterLook(_marks(rows[-1]), until, again=False)


def end_look(look: RosterLook, now: datetime) -> None:
    """Note that the rows were followed; does nothing where there was no new row."""
    if look.since != look.until:
        FollowedRoster.objects.create(
            followed_at=now,
            again=look.again,
            enrolment=look.until.enrolment,
            edit=look.until.edit,
            change=look.until.change,
        )


def moved_in(look: RosterLook, watched: QuerySet[Any], today: date) -> dict[int, date]:
    """By child, the first past day on which the new rows change its place.

    Only children whose count can change: absent on that day or later, away, or among ``watched``
    (ids). So a mass import of children causes no recount. The first look of all changes nothing:
    the counts until then were made with the roster as it was.
    """
    found: dict[int, date] = {}
    since = look.since
    if since is None or since == look.until:
        return found
    for child, day in (*_begun(since, watched), *_edited(since, watched), *_done(since, watched)):
        if day <= today:
            found[child] = min(day, found.get(child, day))
    return found


@transaction.atomic
def reseat(children: Collection[int], first: date, until: date) -> None:
    """Recount the spells of children whose place changed on ``first`` or later."""
    recount(sorted(children), first, until)


def _marks_now() -> Marks:
    """The last ids of now. Read before the rows: rows added between are looked at twice."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        return Marks(*cursor.fetchone())


def _marks(row: FollowedRoster) -> Marks:
    return Marks(row.enrolment, row.edit, row.change)


def _begun(since: Marks, watched: QuerySet[Any]) -> Iterator[tuple[int, date]]:
    rows = Enrolment.everything.filter(pk__gt=since.enrolment).annotate(first=F("starts_on"))
    yield from _of_count(rows, "child_id", watched).values_list("child_id", "first")


def _edited(since: Marks, watched: QuerySet[Any]) -> Iterator[tuple[int, date]]:
    """Each earlier version of a row, with the row as it is now."""
    rows = Enrolment.everything.filter(snapshots__pgh_id__gt=since.edit)
    rows = rows.annotate(first=Least("starts_on", "snapshots__starts_on"))
    fields = ("school_class_id", "starts_on", "ends_on", "voided_on")
    before = [f"snapshots__{name}" for name in fields]
    named = _of_count(rows, "child_id", watched).values_list("child_id", *fields, *before)
    for child, *values in named:
        day = _differ_from(_place(*values[:4]), _place(*values[4:]))
        if day is not None:
            yield child, day


def _done(since: Marks, watched: QuerySet[Any]) -> Iterator[tuple[int, date]]:
    """Each step of a change: from its day a child may be out of class, or back."""
    rows = ChangeEvent.objects.filter(pk__gt=since.change)
    rows = rows.annotate(first=Least("occurred_on", "change__occurred_on"))
    named = _of_count(rows, "change__child_id", watched)
    yield from named.values_list("change__child_id", "first")


def _of_count(rows: QuerySet[Any], child: str, watched: QuerySet[Any]) -> QuerySet[Any]:
    """From rows with a ``first`` day, those of children whose count these days can change."""
    own, first = OuterRef(child), OuterRef("first")
    marked = Absence.objects.standing().filter(child_id=own, day__gte=first)
    reaching = Q(ended_on__isnull=True) | Q(ended_on__gte=first)
    away = AbsenceSpell.objects.standing().filter(reaching, child_id=own)
    return rows.filter(Exists(marked) | Exists(away) | Q(**{f"{child}__in": watched}))


def _place(school_class: int, first: date, last: date | None, voided_on: date | None) -> _Place:
    return school_class, first, last, voided_on is None


def _differ_from(one: _Place, other: _Place) -> date | None:
    """The first day on which two versions of a row differ; none when they agree."""
    (seat, first, last, counts), (seat_before, first_before, last_before, counted) = one, other
    if (seat, first, counts) != (seat_before, first_before, counted):
        return min(first, first_before)
    if last == last_before:
        return None
    return min(day for day in (last, last_before) if day is not None) + ONE_DAY
