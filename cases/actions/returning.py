"""Returns and relapses: puts a case under observation, or back on the rung it came from."""

from datetime import date

from cases.actions.automatic import MOVED, RELAPSE
from cases.actions.closing import BACK, end_request
from cases.actions.context import Context
from cases.actions.moves import add_deadline, meet_by_contact, owe, stop_rungs, write_event
from cases.actions.notices import tell_move
from cases.duedates import Due, resumed
from cases.models import Case, CaseEvent
from cases.policy import DUTIES, STEPS, Act, Duty, Stage
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
    last = case.events.filter(act=Act.RETURN).order_by("-pk").first()
    return last is not None and last.data.get("by") == "roll"


def relapse(case: Case, spell: Spell, ctx: Context) -> CaseEvent:
    """Put the case back on its rung: the child was away again by more than P1."""
    return fall_back(case, ctx, {"first_missed_on": spell.started_on.isoformat()})


def undo_return(case: Case, ctx: Context) -> CaseEvent:
    """Put the case back on its rung: a correction took away the day that found the child back.

    No day is missed anew (the child may be on leave, say), but no observation has begun either.
    """
    return fall_back(case, ctx, {"by": "roll"}, "点名更正后，没有到校记录。")


def fall_back(case: Case, ctx: Context, data: dict[str, str], text: str = "") -> CaseEvent:
    """Put the case back on the rung before the return, with the time that was left there."""
    assert case.returned_on is not None
    paused_on, rung = case.returned_on, Stage(case.back_to)
    stop_rungs(case, ctx.today)
    case.stage, case.entered_on = rung, ctx.today
    case.back_to, case.returned_on = "", None
    case.save()
    _resume(case, paused_on, ctx)
    event = write_event(
        case,
        Act.RELAPSE,
        ctx,
        occurred_on=ctx.today,
        from_stage=Stage.D9,
        unit_id=case.school_id,
        text=text,
        data=data,
    )
    if case.closures.filter(decided__isnull=True, outcome=BACK).exists():
        # Nobody may approve the return of a child who is not back.
        end_request(case, event)
    tell_move(case, RELAPSE.letter, event.pk, ctx.today, ctx.today)
    return event


def _resume(case: Case, paused_on: date, ctx: Context) -> None:
    """Owe again what the return had stopped. Duties met or missed before it stay so."""
    newest = {row.code: row for row in case.deadlines.order_by("cycle")}
    windows: dict[str, Due] = {}
    for duty in _resumable(Stage(case.stage)):
        row = newest.get(duty.code)
        if row is None:
            continue
        window = windows.get(duty.after)
        due = resumed(duty, row.due, paused_on, ctx.today, ctx.rules, ctx.calendar, window)
        windows[duty.code] = due
        if row.void_on == paused_on and row.met_on is None and row.lapsed_on is None:
            meet_by_contact(add_deadline(case, duty, due, ctx), paused_on)


def _resumable(rung: Stage) -> list[Duty]:
    lasting = [duty for stage, duty in DUTIES.values() if duty.lasting and stage is not rung]
    return [*STEPS[rung].duties, *lasting]
