"""Puts a case under observation when its child registers at a school, and takes that back."""

from datetime import date, datetime

from django.db import transaction

from cases.actions.automatic import MOVED
from cases.actions.context import Contexts, lock
from cases.actions.lapsing import catch_up
from cases.actions.letters.notices import tell_move
from cases.actions.moves import write_event
from cases.actions.returning import begin_observation, fall_back
from cases.models import Case
from cases.policy import Act, Stage
from foundation.accounts.audit import Origin

BY = "arrival"


@transaction.atomic
def note_arrival(child_id: int, today: date, now: datetime, by: Origin) -> Case | None:
    """Put the child's open case under observation. Does nothing without one, or if it is there
    already.

    Called in the transaction of the registration, by the view that took it.
    """
    case = _open_case(child_id)
    if case is None:
        return None
    contexts = Contexts(today, now, by)
    catch_up(case, contexts)
    if case.stage == Stage.D9:
        return None
    ctx = contexts.of(case)
    stage = begin_observation(case, today, ctx)
    event = write_event(
        case,
        Act.RETURN,
        ctx,
        occurred_on=today,
        from_stage=stage,
        unit_id=case.school_id,
        text="已到校报到",
        data={"by": BY},
    )
    tell_move(case, MOVED, event.pk, today, today)
    return case


@transaction.atomic
def take_arrival_back(child_id: int, today: date, now: datetime, by: Origin) -> Case | None:
    """Put the case back on its rung when the registration that moved it is undone."""
    case = _open_case(child_id)
    if case is None or case.stage != Stage.D9 or case.returned_on != today:
        return None
    last = case.events.filter(act=Act.RETURN).order_by("-pk").first()
    if last is None or last.data.get("by") != BY:
        return None
    fall_back(case, Contexts(today, now, by).of(case), {"by": BY}, "报到登记已撤销")
    return case


def _open_case(child_id: int) -> Case | None:
    found = Case.objects.open().filter(child_id=child_id).values_list("pk", flat=True).first()
    if found is None:
        return None
    case = lock(found)
    return case if case.is_open else None
