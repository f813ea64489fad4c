"""The sweep: brings every case up to today. Running it twice, late or in parallel is harmless.

First, spells and cases are counted again where calendar or roster changed for days past, or the
counting rules themselves (recount/school_days.py, recount/roster.py, recount/counting.py), and open
deadlines where the calendar changed (recount/deadlines.py). Then, all derived from rows:

0. Every child whom a source names and who has no case gets one, as of the day it was due to be
   found.
1. Every owed or missed duty whose reminder day has come gets its letter, once by its key.
2. Every owed duty past its due day that silence moves on climbs, dated by its due day.
3. Steps 1 and 2 repeat until nothing moves: after a month's outage a case climbs all its rungs,
   each dated by its own deadline (补发 shows in recorded_on and is_late).
4. Every other missed duty that the county must hear of is told to it, once.

A case that cannot be moved delays only itself: it is logged, the others go on (S36).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from cases.actions.context import Contexts
from cases.actions.finding import take_up
from cases.actions.lapsing import SILENT, lapse, lapsed_before
from cases.actions.letters.notices import letters_to
from cases.actions.letters.reminding import remind
from cases.models import Deadline
from cases.policy import ALL_DUTIES, LADDER, Level
from cases.querysets import DeadlineQuerySet
from cases.recount.counting import follow_rules
from cases.recount.deadlines import redate_all
from cases.recount.roster import follow_roster
from cases.recount.school_days import follow_calendar
from foundation.accounts.audit import Origin
from foundation.alone import alone
from foundation.days import full_day_words
from foundation.messaging.actions import post_letters
from foundation.messaging.models import Message

log = logging.getLogger(__name__)

_TOLD = frozenset(code for code, duty in ALL_DUTIES.items() if duty.tells_county)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: clock moves, letters to the county, failures, cases opened."""

    moved: int = 0
    told: int = 0
    failed: int = 0
    opened: int = 0


def waiting(today: date) -> DeadlineQuerySet:
    """Duties that a sweep of ``today`` takes up. After one, those that it could not work on."""
    return Deadline.objects.owed().filter(Q(due_on__lt=today, code__in=SILENT) | _untold(today))


def retry(pk: int, today: date, now: datetime) -> None:
    """Work once more on one duty that the sweep went on without. Raises what goes wrong."""
    with transaction.atomic():
        lapse(pk, Contexts(today, now, Origin()))
        if Deadline.objects.owed().filter(_untold(today), pk=pk).exists():
            _tell_county(pk, today)


def sweep(today: date, now: datetime) -> Swept:
    """Bring every case up to ``today``. A late sweep writes what one every day had written."""
    moved, failed, untold = 0, set[int](), set[int]()
    contexts = Contexts(today, now, Origin())
    uncounted = follow_rules(contexts).failed
    uncounted += follow_calendar(contexts) + follow_roster(contexts) + redate_all(contexts)
    opened, lost = take_up(today, contexts)
    for _ in LADDER:
        untold |= remind(today)
        done = _climb_all(contexts, failed)
        moved += done
        if not done:
            break
    told = _tell_all(today, failed)
    return Swept(moved, told, len(failed | untold) + lost + uncounted, opened)


def _climb_all(contexts: Contexts, failed: set[int]) -> int:
    rows = lapsed_before(contexts.today).exclude(pk__in=failed).order_by("due_on", "pk")
    ids = list(rows.values_list("pk", flat=True))
    return sum(_alone(pk, failed, lambda pk: lapse(pk, contexts)) for pk in ids)


def _tell_all(today: date, failed: set[int]) -> int:
    rows = Deadline.objects.owed().filter(_untold(today))
    ids = list(rows.exclude(pk__in=failed).order_by("pk").values_list("pk", flat=True))
    return sum(_alone(pk, failed, lambda pk: _tell_county(pk, today)) for pk in ids)


def _untold(today: date) -> Q:
    """Missed duties of which the county must hear and has not."""
    return Q(missed_on__lte=today, code__in=_TOLD, told_on__isnull=True)


def _alone(pk: int, failed: set[int], work: Callable[[int], bool]) -> bool:
    """Work on one deadline in its own transaction. Notes it as failed if the work raises."""
    done = False
    with alone(log, "deadline %s: the sweep goes on without it", pk) as tried:
        done = work(pk)
    if tried.failed:
        failed.add(pk)
    return done


def _tell_county(pk: int, today: date) -> bool:
    owed = Deadline.objects.owed().select_for_update(of=("self",), no_key=True)
    row = owed.filter(pk=pk, told_on__isnull=True).select_related("unit", "case").first()
    if row is None:
        return False
    row.told_on = row.missed_on
    row.save(update_fields=["told_on"])
    letters = letters_to(
        row.case,
        Level.COUNTY,
        key=f"missed:{row.pk}",
        title=f"下级逾期：{row.duty.label}",
        body=f"案号 {row.case.number}，{row.unit} 应于 {full_day_words(row.due_on)}前办理。",
        occurred_on=row.missed_on,
        today=today,
        level_of_urgency=Message.URGENT,
        unit_ids=[row.case.county_id],
    )
    post_letters(letters, today)
    return True
