"""Moves of the clock: a case climbs when a duty lapses, dated by the deadline, under its lock."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.actions.automatic import LAPSE
from cases.actions.context import Context, Contexts, lock
from cases.actions.letters.notices import tell_move
from cases.actions.moves import enter, write_event
from cases.models import Case, Deadline
from cases.policy import DUTIES, LADDER, Act, Stage
from cases.querysets import DeadlineQuerySet
from foundation.prepared import prepared

SILENT = frozenset(code for code, (_, duty) in DUTIES.items() if duty.if_silent)


def lapsed_before(today: Any) -> DeadlineQuerySet:
    """Duties past their due day that are still owed and make a case climb."""
    return Deadline.objects.owed().filter(due_on__lt=today, code__in=SILENT)


def lapse(pk: int, contexts: Contexts) -> bool:
    """Let one deadline lapse and the case climb. Returns whether the case moved.

    Checks again under the case's lock that the duty is still owed.
    """
    case = lock(Deadline.objects.values_list("case_id", flat=True).get(pk=pk))
    deadline = lapsed_before(contexts.today).filter(pk=pk).first()
    return deadline is not None and _climb(case, deadline, contexts)


def catch_up(case: Case, contexts: Contexts, before: date | None = None) -> None:
    """Climb what is overdue before anything else happens to a case, as the sweep would.

    With ``before``, only what was due before that day: the child was back on it.
    A late sweep thus changes nothing: an act or a roll call finds the rung that the day demands.
    The case is locked already. The event names the clock, not the person who is acting.
    """
    clock, day = contexts.of_the_clock(), before or contexts.today
    for _ in LADDER:
        first: list[Deadline] = _first_lapsed(case=case.pk, day=day)
        if not first or not _climb(case, first[0], clock):
            return


@prepared
def _first_lapsed(*, case: Any, day: Any) -> QuerySet[Deadline]:
    return lapsed_before(day).filter(case=case).order_by("due_on", "pk")[:1]


def _climb(case: Case, deadline: Deadline, contexts: Contexts) -> bool:
    stage, duty = DUTIES[deadline.code]
    if case.stage != stage or duty.if_silent is None:
        return False
    # The rules of the day it counts from, whenever the sweep runs (domain 3.3).
    _move(case, deadline, duty.if_silent, contexts.of(case, deadline.due_on))
    return True


def _move(case: Case, deadline: Deadline, to: Stage, ctx: Context) -> None:
    before, day = case.stage, deadline.due_on
    deadline.lapsed_on = day
    deadline.save(update_fields=["lapsed_on"])
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
    tell_move(case, LAPSE.letter, event.pk, day, ctx.today)
