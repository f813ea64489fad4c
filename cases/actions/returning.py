"""A child is back, by the roll or a person's word; or it stays away again."""

from datetime import date

from cases.actions.context import Context
from cases.actions.moves import add_deadline, enter, owe, stop_all, write_event
from cases.actions.notices import tell_move
from cases.duedates import Due, shifted
from cases.models import Case, CaseEvent, Deadline
from cases.policy import ALL_DUTIES, STEPS, Act, Stage
from students.attendance.models import AbsenceSpell


def return_by_roll(case: Case, day: date, ctx: Context) -> None:
    """The roll found the child: the case goes under observation."""
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
    tell_move(case, Act.RETURN, event.pk, day, ctx.today)


def begin_observation(case: Case, day: date, ctx: Context) -> str:
    """Put the case on D9, remembering the rung it came from; returns that rung."""
    stage = case.stage
    stop_all(case, day)
    case.back_to, case.returned_on = stage, day
    case.stage, case.entered_on = Stage.D9, day
    case.save()
    owe(case, STEPS[Stage.D9].duties, day, ctx)
    return stage


def relapse(case: Case, spell: AbsenceSpell, ctx: Context) -> CaseEvent:
    """Away again by more than P1: back to the rung it came from, with what was left of its time."""
    assert case.returned_on is not None
    paused_on, rung = case.returned_on, Stage(case.back_to)
    stop_all(case, ctx.today)
    case.stage, case.entered_on = rung, ctx.today
    case.back_to, case.returned_on = "", None
    case.save()
    _resume(case, rung, paused_on, ctx)
    event = write_event(
        case,
        Act.RELAPSE,
        ctx,
        occurred_on=ctx.today,
        from_stage=Stage.D9,
        unit_id=case.school_id,
        data={"first_missed_on": spell.started_on.isoformat()},
    )
    tell_move(case, Act.RELAPSE, event.pk, ctx.today, ctx.today)
    return event


def _resume(case: Case, rung: Stage, paused_on: date, ctx: Context) -> None:
    codes = {duty.code for duty in STEPS[rung].duties}
    paused = list(
        Deadline.objects.filter(case=case, void_on=paused_on, met_on__isnull=True, code__in=codes)
    )
    if not paused:
        # Nothing was left of the rung's own time: it begins where a first day begins.
        enter(case, rung, ctx.today, ctx)
        return
    for old in paused:
        due = shifted(_due(old), paused_on, ctx.today, ctx.calendar)
        add_deadline(case, ALL_DUTIES[old.code], due, ctx)


def _due(row: Deadline) -> Due:
    return Due(
        row.day0,
        row.window_end,
        row.due_on,
        row.remind_on,
        row.missed_on,
        row.days,
        row.day_type,
        row.parameter,
    )
