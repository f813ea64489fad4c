"""Returns and relapses: puts a case under observation, or back on the rung it came from."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.actions.automatic import DENIED, DENIED_LETTER, MOVED, RELAPSE
from cases.actions.closing import BACK, end_request
from cases.actions.context import Context
from cases.actions.letters.notices import tell_move
from cases.actions.moves import (
    add_deadline,
    last_there,
    meet_by_contact,
    owe,
    stop_rungs,
    write_event,
)
from cases.duedates import Due, resumed
from cases.models import Case, CaseEvent, Deadline
from cases.policy import DUTIES, STEPS, Act, Clock, Duty, Stage
from foundation.days import full_day_words
from foundation.prepared import prepared
from students.attendance.rules.spells import Spell


def return_by_roll(case: Case, day: date, ctx: Context) -> None:
    """Put the case under observation from the day on which the roll found the child."""
    stage = begin_observation(case, day, ctx)
    event = write_event(
        case,
        Act.RETURN,
        ctx,
        occurred_on=day,
        from_stage=stage,
        unit_id=case.school_id,
        data={"by": "roll"},
    )
    tell_move(case, MOVED, event.pk, day, ctx.today)


def begin_observation(case: Case, day: date, ctx: Context) -> str:
    """Put the case on D9 and keep the rung it came from. Returns that rung."""
    stage = case.stage
    stop_rungs(case, day)
    case.back_to, case.returned_on = stage, day
    case.stage, case.entered_on = Stage.D9, day
    case.save()
    owe(case, STEPS[Stage.D9].duties, day, ctx)
    return stage


def is_back_by_roll(case: Case) -> bool:
    """Whether the roll, not a person's word, found the child back."""
    return any(data.get("by") == "roll" for data in _last_return(case=case.pk))


@prepared
def _last_return(*, case: Any) -> QuerySet[Any, Any]:
    rows = CaseEvent.objects.filter(case=case, act=Act.RETURN)
    return rows.order_by("-pk").values_list("data", flat=True)[:1]


def relapse(case: Case, spell: Spell, ctx: Context) -> CaseEvent:
    """Put the case back on its rung: the child was away again by more than P1."""
    data = {"first_missed_on": spell.started_on.isoformat()}
    return fall_back(case, ctx, data, gone_since=spell.last_present_on)


def undo_return(case: Case, ctx: Context) -> CaseEvent:
    """Put the case back on its rung: a correction took away the day that found the child back.

    That presence never happened (design 4): the case stands as if it had never moved, and what was
    owed is due on the day it was.
    """
    return _as_if_never_back(case, ctx, {"by": "roll"}, "点名更正后，没有到校记录。")


def deny_return(case: Case, missed_on: date, ctx: Context) -> CaseEvent:
    """Put the case back on its rung: the roll missed the child that was said to be back.

    A word is not a presence (design 4): no time is gained by it either.
    """
    text = f"{full_day_words(missed_on)}的点名记为无故未到。"
    data = {"by": DENIED, "missed_on": missed_on.isoformat()}
    return _as_if_never_back(case, ctx, data, text)


def _as_if_never_back(case: Case, ctx: Context, data: dict[str, str], text: str) -> CaseEvent:
    day = case.returned_on
    assert day is not None
    stop_rungs(case, ctx.today)
    _leave_observation(case, day)
    _owe_as_before(case, day, ctx)
    return _tell_fall(case, ctx, day, data, text)


def fall_back(
    case: Case,
    ctx: Context,
    data: dict[str, str],
    text: str = "",
    gone_since: date | None = None,
) -> CaseEvent:
    """Put the case back on the rung before the return, with the time that was left there.

    ``gone_since`` is the last day at school before it was away again; None where it never was
    back.
    """
    assert case.returned_on is not None
    paused_on = case.returned_on
    stop_rungs(case, ctx.today)
    _leave_observation(case, ctx.today)
    _resume(case, paused_on, gone_since or last_there(case), ctx)
    return _tell_fall(case, ctx, ctx.today, data, text)


def _leave_observation(case: Case, day: date) -> None:
    case.stage, case.entered_on = Stage(case.back_to), day
    case.back_to, case.returned_on = "", None
    case.save()


def _tell_fall(case: Case, ctx: Context, day: date, data: dict[str, str], text: str) -> CaseEvent:
    """Write the event and the letters. An open request to close as returned is refused."""
    event = write_event(
        case,
        Act.RELAPSE,
        ctx,
        occurred_on=day,
        from_stage=Stage.D9,
        unit_id=case.school_id,
        text=text,
        data=data,
    )
    if case.closures.filter(decided__isnull=True, outcome=BACK).exists():
        # Nobody may approve the return of a child who is not back.
        end_request(case, event)
    letter = DENIED_LETTER if data.get("by") == DENIED else RELAPSE.letter
    tell_move(case, letter, event.pk, day, ctx.today)
    return event


def _owe_as_before(case: Case, paused_on: date, ctx: Context) -> None:
    """Owe again what the return had stopped: the due days stay what they were."""
    newest = {row.code: row for row in case.deadlines.order_by("cycle")}
    for duty in _resumable(Stage(case.stage)):
        row = newest.get(duty.code)
        if row is not None and _was_stopped(row, paused_on):
            made = add_deadline(case, duty, row.due, ctx)
            # As counted then: the sweep counts anew if the calendar has changed since.
            made.calendar_version = row.calendar_version
            made.save(update_fields=["calendar_version"])
            meet_by_contact(made, paused_on)


def _was_stopped(row: Deadline, day: date) -> bool:
    return row.void_on == day and row.met_on is None and row.lapsed_on is None


def _resume(case: Case, paused_on: date, gone_since: date, ctx: Context) -> None:
    """Owe again what the return had stopped. Duties met or missed before it stay so.

    P11 counts from the last day at school, not from the day on which the roll found the absence.
    """
    newest = {row.code: row for row in case.deadlines.order_by("cycle")}
    windows: dict[str, Due] = {}
    for duty in _resumable(Stage(case.stage)):
        row = newest.get(duty.code)
        if row is None:
            continue
        window = windows.get(duty.after)
        since = gone_since if duty.clock is Clock.ABSENCE else ctx.today
        due = resumed(duty, row.due, paused_on, since, ctx.rules, ctx.calendar, window)
        windows[duty.code] = due
        if _was_stopped(row, paused_on):
            meet_by_contact(add_deadline(case, duty, due, ctx), paused_on)


def _resumable(rung: Stage) -> list[Duty]:
    lasting = [duty for stage, duty in DUTIES.values() if duty.lasting and stage is not rung]
    return [*STEPS[rung].duties, *lasting]
