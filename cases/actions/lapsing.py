"""The sweep: reminders and clock moves, derived from rows; twice, late or in parallel is harmless.

1. Every owed or missed duty whose reminder day has come gets its letter, once by its key.
2. Every owed duty past its due day that silence moves on climbs, dated by its due day.
3. Every other missed duty that the county must hear of is told to it, once.
4. Again from 1 until nothing moves: after a month's outage a case climbs all its rungs, each
   dated by its own deadline (補发 shows in recorded_on and is_late).

A case that cannot be moved delays only itself: it is logged, the others go on (S36).
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from cases.actions.context import Context, Contexts, lock
from cases.actions.moves import enter, write_event
from cases.actions.notices import letters_to, tell_move
from cases.models import Case, Deadline
from cases.policy import ALL_DUTIES, DUTIES, Act, Level, Stage
from foundation.accounts.audit import Origin
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message

log = logging.getLogger(__name__)

_MOST_PASSES = 12  # more rungs than the ladder has
_SILENT = frozenset(code for code, (_, duty) in DUTIES.items() if duty.if_silent)
_TOLD = frozenset(code for code, duty in ALL_DUTIES.items() if duty.tells_county)

# phase, its day's column, urgency, what it says
PHASES = (
    ("before", "remind_on", Message.INFO, "即将到期"),
    ("on", "due_on", Message.WARN, "今日到期"),
    ("after", "missed_on", Message.URGENT, "已逾期"),
)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: moves of the clock, letters to the county, cases that failed."""

    moved: int = 0
    told: int = 0
    failed: int = 0


def sweep(today: date, now: datetime) -> Swept:
    """Bring every case up to ``today``; lateness costs nothing but the date of the letter."""
    moved = told = 0
    failed: set[int] = set()
    contexts = Contexts(today, now, Origin())
    for _ in range(_MOST_PASSES):
        remind(today)
        done = [_lapse_one(pk, contexts, failed) for pk in _lapsed(today, failed)]
        moved += sum(done)
        if not any(done):
            break
    told = sum(_tell_one(pk, today, failed) for pk in _missed(today, failed))
    return Swept(moved, told, len(failed))


def remind(today: date) -> None:
    """The letters one working day before, on, and after each due day, each exactly once."""
    for phase, column, urgency, words in PHASES:
        with transaction.atomic():
            rows = _newly_due(phase, column, today)
            letters = [one for row in rows for one in _reminder(row, phase, urgency, words, today)]
            post_letters(letters, today)


# Set-based, with a unique key: two sweeps at once write each reminder once between them. A duty due
# on the day it began has no working day before it.
_REMINDERS = """
INSERT INTO cases_reminder (deadline_id, phase, day, sent_on)
SELECT d.id, %(phase)s, d.{column}, %(today)s
  FROM cases_deadline d JOIN cases_case c ON c.id = d.case_id
 WHERE d.met_on IS NULL AND d.void_on IS NULL AND c.stage <> 'DX'
   AND d.{column} <= %(today)s AND (%(phase)s <> 'before' OR d.remind_on > d.day0)
   AND NOT EXISTS (
       SELECT 1 FROM cases_reminder r WHERE r.deadline_id = d.id AND r.phase = %(phase)s)
ON CONFLICT DO NOTHING RETURNING deadline_id
"""


def _newly_due(phase: str, column: str, today: date) -> list[Deadline]:
    with connection.cursor() as cursor:
        cursor.execute(_REMINDERS.format(column=column), {"phase": phase, "today": today})
        ids = [row[0] for row in cursor.fetchall()]
    rows = Deadline.objects.filter(pk__in=ids).order_by("pk")
    return list(
        rows.select_related(
            "unit",
            "case__school",
            "case__village",
            "case__township",
            "case__school_township",
            "case__county",
        )
    )


def _reminder(row: Deadline, phase: str, urgency: str, words: str, today: date) -> Iterator[Letter]:
    day = {"before": row.remind_on, "on": row.due_on, "after": row.missed_on}[phase]
    yield from letters_to(
        row.case,
        Level(row.level),
        key=f"due:{row.pk}:{phase}",
        title=f"{words}：{row.duty.label}"[:60],
        body=f"案号 {row.case.number}，到期日 {row.due_on:%Y-%m-%d}。",
        occurred_on=day,
        today=today,
        level_of_urgency=urgency,
    )


def _lapsed(today: date, failed: set[int]) -> list[int]:
    rows = Deadline.objects.owed().filter(due_on__lt=today, code__in=_SILENT)
    return [
        pk for pk in rows.order_by("due_on", "pk").values_list("pk", flat=True) if pk not in failed
    ]


def _lapse_one(pk: int, contexts: Contexts, failed: set[int]) -> bool:
    try:
        with transaction.atomic():
            return _lapse(pk, contexts)
    except Exception:
        log.exception("deadline %s could not lapse", pk)
        failed.add(pk)
        return False


def _lapse(pk: int, contexts: Contexts) -> bool:
    """One climb: compare and set under the case's lock, the event dated by the deadline."""
    found = Deadline.objects.get(pk=pk)
    case = lock(found.case_id)
    deadline = Deadline.objects.owed().filter(pk=pk).first()
    stage, duty = DUTIES[found.code]
    if deadline is None or case.stage != stage or duty.if_silent is None:
        return False
    _climb(case, deadline, duty.if_silent, contexts.of(case))
    return True


def _climb(case: Case, deadline: Deadline, to: Stage, ctx: Context) -> None:
    before, day = case.stage, deadline.due_on
    deadline.lapsed_on = day
    deadline.save(update_fields=["lapsed_on"])
    # D2's day 0 is the day of opening, which is also the day its report was due.
    enter(case, to, day, ctx)
    event = write_event(
        case,
        Act.LAPSE,
        ctx,
        occurred_on=day,
        from_stage=before,
        unit_id=deadline.unit_id,
        data={"duty": deadline.code, "deadline": deadline.pk},
    )
    tell_move(case, Act.LAPSE, event.pk, day, ctx.today)


def _missed(today: date, failed: set[int]) -> list[int]:
    rows = Deadline.objects.owed().filter(due_on__lt=today, code__in=_TOLD, told_on__isnull=True)
    return [pk for pk in rows.values_list("pk", flat=True) if pk not in failed]


def _tell_one(pk: int, today: date, failed: set[int]) -> bool:
    try:
        with transaction.atomic():
            return _tell_county(pk, today)
    except Exception:
        log.exception("the county could not be told of deadline %s", pk)
        failed.add(pk)
        return False


def _tell_county(pk: int, today: date) -> bool:
    row = (
        Deadline.objects.owed()
        .select_for_update(of=("self",))
        .filter(pk=pk, told_on__isnull=True)
        .first()
    )
    if row is None:
        return False
    row.told_on = row.missed_on
    row.save(update_fields=["told_on"])
    letters = letters_to(
        row.case,
        Level.COUNTY,
        key=f"missed:{row.pk}",
        title=f"下级逾期：{row.duty.label}"[:60],
        body=f"案号 {row.case.number}，{row.unit} 应于 {row.due_on:%Y-%m-%d} 前办理。",
        occurred_on=row.missed_on,
        today=today,
        level_of_urgency=Message.URGENT,
    )
    post_letters(letters, today)
    return True
