"""Reminds once a working day before each due day, once on it, once a working day after."""

import logging
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.actions.letters.notices import Teachers, letters_to, teachers_of
from cases.models import Deadline
from cases.policy import Level
from foundation.alone import alone
from foundation.days import full_day_words
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from foundation.prepared import ask, prepared

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Phase:
    """A kind of reminder: the column of its day, its urgency, its words."""

    code: str
    column: str
    urgency: str
    words: str


_KEY = re.compile(r"due:(\d+):")  # of _letters

PHASES = (
    Phase("before", "remind_on", Message.INFO, "即将到期"),
    Phase("on", "due_on", Message.WARN, "今日到期"),
    Phase("after", "missed_on", Message.URGENT, "已逾期"),
)

# A duty due on day 0 gets no reminder before. One due the next day is reminded of on day 0.
_WANTED = """
SELECT d.id, d.{column} AS day FROM cases_deadline d JOIN cases_case c ON c.id = d.case_id
 WHERE d.met_on IS NULL AND d.void_on IS NULL AND c.stage <> 'DX'
   AND d.{column} <= %(today)s
   AND (%(phase)s <> 'before' OR (d.remind_on >= d.day0 AND d.due_on > d.day0))
   AND (%(only)s::bigint IS NULL OR d.id = %(only)s)
   AND NOT EXISTS (
       SELECT 1 FROM cases_reminder r WHERE r.deadline_id = d.id AND r.phase = %(phase)s)
 ORDER BY d.id
"""
# One statement, with a unique key and in one order: two sweeps at once write each reminder
# once between them and never wait for each other in a circle.
_WRITE = """
INSERT INTO cases_reminder (deadline_id, phase, day, sent_on)
SELECT due.id, %(phase)s, due.day, %(today)s FROM ({wanted}) due ORDER BY due.id
ON CONFLICT DO NOTHING RETURNING deadline_id
"""


def remind(today: date) -> set[int]:
    """Write the reminders due today. Returns the deadlines whose reminder could not be written.

    A reminder that fails delays only itself: the others are written one by one (S36).
    """
    failed: set[int] = set()
    for phase in PHASES:
        with alone(log, "reminders %s: trying one by one", phase.code) as tried:
            _send(phase, today)
        if tried.failed:
            failed |= {pk for pk in _wanted(phase, today) if not _sent_alone(phase, today, pk)}
    return failed


def settled(keys: Collection[str]) -> set[str]:
    """Those of the keys of letters that remind of a duty which nobody owes any more. One query."""
    known = {key: int(found.group(1)) for key in keys if (found := _KEY.match(key))}
    owed = Deadline.objects.owed().filter(pk__in=known.values()) if known else []
    still = {row.pk for row in owed}
    return {key for key, pk in known.items() if pk not in still}


def _sent_alone(phase: Phase, today: date, pk: int) -> bool:
    with alone(log, "deadline %s: no reminder could be written", pk) as tried:
        _send(phase, today, pk)
    return not tried.failed


def _send(phase: Phase, today: date, only: int | None = None) -> None:
    """Write reminder rows and letters in one transaction: both exist or neither does."""
    wanted = _WANTED.format(column=phase.column)
    ids = _ids(_WRITE.format(wanted=wanted), phase, today, only)
    if not ids:
        return
    found: list[Deadline] = _reminded(ids=ids)
    classes = {row.case.school_class_id for row in found if row.level == Level.TEACHER}
    teachers = teachers_of(classes, today) if classes else {}
    post_letters([one for row in found for one in _letters(row, phase, today, teachers)], today)


@prepared
def _reminded(*, ids: Any) -> QuerySet[Deadline]:
    return Deadline.objects.filter(pk__among=ids).select_related("case").order_by("pk")


def _wanted(phase: Phase, today: date) -> list[int]:
    return _ids(_WANTED.format(column=phase.column), phase, today)


def _ids(statement: str, phase: Phase, today: date, only: int | None = None) -> list[int]:
    return [row[0] for row in ask(statement, {"phase": phase.code, "today": today, "only": only})]


def _letters(row: Deadline, phase: Phase, today: date, teachers: Teachers) -> list[Letter]:
    """The letters to those who owe the duty, and to nobody else."""
    return letters_to(
        row.case,
        Level(row.level),
        key=f"due:{row.pk}:{phase.code}",
        title=f"{phase.words}：{row.duty.label}",
        body=f"案号 {row.case.number}，到期日 {full_day_words(row.due_on)}。",
        occurred_on=getattr(row, phase.column),
        today=today,
        level_of_urgency=phase.urgency,
        unit_ids=[row.unit_id],
        teachers=teachers,
    )
