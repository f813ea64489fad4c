"""Computes open deadlines again from their own day 0 when the calendar was changed.

Domain 3.4.7: only open deadlines move, every move is logged, and no passed deadline moves. A
deadline keeps the version of the calendar it was computed with. The page that enters a day and the
sweep thereby find the same deadlines, each once.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cases.actions.context import Context, Contexts, lock
from cases.actions.moves import replace_deadline
from cases.duedates import Due, by_rules, redated
from cases.models import Case, Deadline
from cases.policy import Clock
from cases.querysets import DeadlineQuerySet
from foundation.alone import alone

log = logging.getLogger(__name__)

Windows = dict[tuple[str, date], Due]


@dataclass(frozen=True, slots=True)
class Redated:
    """A deadline that is still owed, with what it is due by calendar and rules of its context."""

    deadline: Deadline
    due: Due
    ctx: Context

    @property
    def moves(self) -> bool:
        """Whether its due day changes."""
        return self.due.due_on != self.deadline.due_on

    @property
    def stands(self) -> bool:
        """Whether nothing of it changes but the version of the calendar."""
        return self.due == self.deadline.due


def redate_all(contexts: Contexts) -> int:
    """Bring every open deadline in line with its calendar; returns how many cases failed.

    A case that cannot be redated delays only itself and is tried again (S36).
    """
    return sum(not _alone(pk, contexts) for pk in _outdated(_ahead(contexts.today), contexts))


@transaction.atomic
def redate_school(school_id: int, contexts: Contexts) -> None:
    """Bring the open deadlines of a school's cases in line with its calendar."""
    rows = _ahead(contexts.today).filter(case__school_id=school_id)
    for pk in _outdated(rows, contexts):
        _redate_case(pk, contexts)


def redated_in(county_id: int, contexts: Contexts, since: date | None = None) -> list[Redated]:
    """Every open deadline of a county whose day has not passed, as its contexts make it due.

    Writes nothing: with contexts that suppose another calendar it tells what would move. Periods
    keep the days they were made with, but for those that began on ``since`` or later: they have
    the days of the parameters in force on their day 0. One query besides those of the contexts.
    """
    rows = _unpassed(contexts.today).filter(case__county_id=county_id)
    by_case: dict[int, list[Deadline]] = defaultdict(list)
    for row in rows.select_related("case", "unit").order_by("case_id", "pk"):
        by_case[row.case_id].append(row)
    found = (one for owed in by_case.values() for one in _anew(owed[0].case, owed, contexts, since))
    return [one for one in found if one.deadline.is_open]


@transaction.atomic
def redate_county(county_id: int, contexts: Contexts) -> int:
    """Bring the open deadlines of a county in line with its calendar; returns how many moved.

    A case that cannot be redated is left to the sweep (S36). What keeps its day only notes the
    calendar's new version.
    """
    found = [one for one in redated_in(county_id, contexts) if _is_outdated(one)]
    changed = {one.deadline.case_id: None for one in found if not one.stands}
    same = [one for one in found if one.deadline.case_id not in changed]
    for one in same:
        one.deadline.calendar_version = one.ctx.calendar.version
    Deadline.objects.bulk_update(
        [one.deadline for one in same], ["calendar_version"], batch_size=1000
    )
    done = {pk for pk in changed if _alone(pk, contexts)}
    return sum(one.moves and one.deadline.case_id in done for one in found)


@transaction.atomic
def reckon_county(county_id: int, contexts: Contexts, since: date) -> int:
    """Follow a parameter that was set from ``since`` on; returns how many open deadlines moved.

    Only what begins on that day or later moves: every other deadline keeps the value it was made
    with (domain 3.3). A case that cannot be moved stays as it is and is logged.
    """
    redate_county(county_id, contexts)
    found = [one for one in redated_in(county_id, contexts, since) if not one.stands]
    done = {
        pk for pk in {one.deadline.case_id: None for one in found} if _alone(pk, contexts, since)
    }
    return sum(one.moves and one.deadline.case_id in done for one in found)


def _is_outdated(one: Redated) -> bool:
    return one.deadline.calendar_version != one.ctx.calendar.version


def _ahead(today: date) -> DeadlineQuerySet:
    """Deadlines owed whose day has not passed. Only these may move."""
    rows: DeadlineQuerySet = Deadline.objects.owed().filter(due_on__gte=today)
    return rows


def _outdated(rows: DeadlineQuerySet, contexts: Contexts) -> list[int]:
    """The cases of deadlines that were computed with another version of the calendar."""
    places = rows.order_by("case_id").values_list(
        "case_id", "case__county_id", "case__school_id", "calendar_version"
    )
    found = {
        case: None
        for case, county, school, version in places
        if version != contexts.calendar_of(county, school).version
    }
    return list(found)


def _alone(pk: int, contexts: Contexts, since: date | None = None) -> bool:
    with alone(log, "case %s: its deadlines are redated in a later sweep", pk) as tried:
        _redate_case(pk, contexts, since)
    return not tried.failed


def _redate_case(pk: int, contexts: Contexts, since: date | None = None) -> None:
    case = lock(pk)
    rows = _unpassed(contexts.today).filter(case=case).order_by("pk")
    for one in _anew(case, rows, contexts, since):
        if one.deadline.is_open and (_is_outdated(one) if since is None else not one.stands):
            _move(case, one, "校历变更" if since is None else "期限参数变更")


def _unpassed(today: date) -> DeadlineQuerySet:
    """Deadlines whose day has not passed, met windows too, since an open hand-over may follow."""
    rows: DeadlineQuerySet = Deadline.objects.filter(
        due_on__gte=today, void_on=None, lapsed_on=None
    )
    return rows


def _anew(
    case: Case, rows: Iterable[Deadline], contexts: Contexts, since: date | None = None
) -> Iterator[Redated]:
    """A case's deadlines as they are due by their contexts, windows before their hand-overs."""
    windows = Windows()
    for row in sorted(rows, key=lambda row: row.duty.clock is Clock.AFTER):
        ctx = contexts.of(case, row.day0)
        window = windows.get((row.duty.after, row.day0))
        is_new = since is not None and row.day0 >= since
        old = by_rules(row.duty, row.due, ctx.rules) if is_new else row.due
        due = redated(row.duty, old, ctx.rules, ctx.calendar, ctx.today, window)
        windows[row.code, row.window_end] = due
        yield Redated(row, due, ctx)


def _move(case: Case, one: Redated, why: str) -> None:
    """Replace the deadline if its due day changes, otherwise update its window and version."""
    row, due, ctx = one.deadline, one.due, one.ctx
    if not one.moves:
        _keep(row, due, ctx)
        return
    replace_deadline(case, row, due, ctx, f"{why}，期限")


def _keep(row: Deadline, due: Due, ctx: Context) -> None:
    kept = {
        "day0": due.day0,
        "window_end": due.window_end,
        "remind_on": due.remind_on,
        "missed_on": due.missed_on,
        "days": due.days,
        "day_type": due.day_type,
        "parameter": due.parameter,
        "calendar_version": ctx.calendar.version,
    }
    for name, value in kept.items():
        setattr(row, name, value)
    row.save(update_fields=list(kept))
