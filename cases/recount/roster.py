"""Counts spells and cases again when the roster was changed for days past.

The result is as if the roster had read so from the start. Moves, enrolments and returns entered
late, imports and their undoing do this. Who enters them does not wait: the sweep looks for rows
that are new since its last look.
"""

import logging
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.actions.context import Contexts
from cases.actions.following import follow
from cases.models import Case
from foundation.alone import alone
from students.attendance.actions import begin_look, end_look, moved_in, reseat

log = logging.getLogger(__name__)

MANY = 100  # children counted in one transaction

Part = list[tuple[date, int]]  # days and children, the earliest day first


def follow_roster(contexts: Contexts) -> int:
    """Follow what the roster now says of days past. Returns how many children failed.

    A child that fails delays only itself and is tried again (S36).
    """
    look = begin_look(contexts.now)
    moved = moved_in(look, _watched(), contexts.today)
    failed = sum(_lost(part, contexts) for part in _parts(moved))
    if not failed:
        end_look(look, contexts.now)
    return failed


def _watched() -> QuerySet[Any]:
    """Children of cases that a change of their days at school may also move."""
    cases = Case.objects.open() | Case.objects.closed_by_roll()
    return cases.order_by().values("child_id")


def _parts(moved: Mapping[int, date]) -> Iterator[Part]:
    rows = sorted((day, child) for child, day in moved.items())
    return (rows[place : place + MANY] for place in range(0, len(rows), MANY))


def _lost(part: Part, contexts: Contexts) -> int:
    """Count a part of the children, one by one if it fails as a whole. Returns how many failed."""
    if _is_followed(part, contexts):
        return 0
    return sum(_lost([one], contexts) for one in part) if len(part) > 1 else 1


def _is_followed(part: Part, contexts: Contexts) -> bool:
    children, first = [child for _, child in part], part[0][0]
    with alone(log, "children %s: the roster is followed in a later sweep", children) as tried:
        reseat(children, first, contexts.today)
        follow(children, contexts.today, contexts.now, contexts.by)
    return not tried.failed
