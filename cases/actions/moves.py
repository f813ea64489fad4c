"""Moving a case: an event, the duties that end and those that begin, all in one transaction."""

from datetime import date
from typing import Any

from django.db.models import Max

from cases.actions.context import Context
from cases.duedates import Due, due_of
from cases.models import Case, CaseEvent, Deadline
from cases.policy import ALL_DUTIES, STEPS, Act, Duty, Level, Stage
from foundation.accounts.models import Unit, UnitKind

# Owed for as long as the child is away, whatever rung the case has reached.
_LASTING = frozenset({"register"})


def write_event(
    case: Case,
    act: Act,
    ctx: Context,
    *,
    occurred_on: date,
    from_stage: str = "",
    to_stage: str = "",
    unit_id: int | None = None,
    text: str = "",
    data: dict[str, Any] | None = None,
) -> CaseEvent:
    """One row of what happened; the case's version moves with it."""
    event = CaseEvent.objects.create(
        case=case,
        act=act,
        from_stage=from_stage,
        to_stage=to_stage or case.stage,
        occurred_on=occurred_on,
        recorded_on=ctx.today,
        recorded_at=ctx.now,
        person_id=ctx.by.person_id,
        post_id=ctx.by.post_id,
        unit_id=unit_id,
        text=text,
        data=data or {},
    )
    case.version += 1
    case.save()
    return event


def enter(case: Case, stage: Stage, day0: date, ctx: Context) -> None:
    """Put the case on a rung and write what is owed there from ``day0`` on."""
    leave(case, day0)
    case.stage, case.entered_on = stage, day0
    if stage is Stage.D3 and case.village_asked_on is None:
        case.village_asked_on = day0
    case.save()
    owe(case, STEPS[stage].duties, day0, ctx)


def leave(case: Case, day: date) -> None:
    """End what is still owed on the rung: missed when its day is past, void when it is not."""
    owed = Deadline.objects.owed().filter(case=case).exclude(code__in=_LASTING)
    owed.filter(due_on__lt=day, code__in=_rung(case)).update(lapsed_on=day)
    owed.filter(code__in=_rung(case)).update(void_on=day)


def _rung(case: Case) -> list[str]:
    return [duty.code for duty in STEPS[Stage(case.stage)].duties]


def owe(case: Case, duties: tuple[Duty, ...], day0: date, ctx: Context) -> None:
    """Write the deadlines of the duties; a hand-over counts from the window before it."""
    made: dict[str, Due] = {}
    for duty in duties:
        if _is_needless(case, duty):
            continue
        made[duty.code] = due_of(duty, day0, ctx.rules, ctx.calendar, made.get(duty.after))
        add_deadline(case, duty, made[duty.code], ctx)


def _is_needless(case: Case, duty: Duty) -> bool:
    # The roll itself closes a case that never reached the village (P20).
    return duty.code == "request_closure" and case.back_to in (Stage.D1, Stage.D2)


def add_deadline(case: Case, duty: Duty, due: Due, ctx: Context) -> Deadline:
    """One deadline row, under the rules and the calendar of its making."""
    last = Deadline.objects.filter(case=case, code=duty.code).aggregate(n=Max("cycle"))["n"] or 0
    return Deadline.objects.create(
        case=case,
        code=duty.code,
        cycle=last + 1,
        level=duty.owed_by,
        unit=unit_of(case, duty.owed_by),
        day0=due.day0,
        window_end=due.window_end,
        due_on=due.due_on,
        remind_on=due.remind_on,
        missed_on=due.missed_on,
        days=due.days,
        day_type=due.day_type,
        rule=duty.source,
        parameter=due.parameter,
        calendar_version=ctx.calendar.version,
    )


def meet(case: Case, act: Act, event: CaseEvent, *, level: Level, in_person: bool = False) -> None:
    """Mark the duties that the act fulfils; the school's persuasion is met by the school only."""
    for deadline in Deadline.objects.owed().filter(case=case):
        duty = ALL_DUTIES[deadline.code]
        if act not in duty.met_by or (duty.in_person and not in_person):
            continue
        if act is Act.CONTACT and level not in (Level.TEACHER, Level.SCHOOL):
            continue
        deadline.met_on = max(event.occurred_on, deadline.day0)
        deadline.met_event = event
        deadline.save(update_fields=["met_on", "met_event"])


def stop_all(case: Case, day: date) -> None:
    """Nothing is owed any more, as the child is back or the case ends."""
    Deadline.objects.owed().filter(case=case).update(void_on=day)


def unit_of(case: Case, level: Level) -> Unit:
    """The unit of the case that stands on a level; without a village the township answers."""
    if level is Level.OFFICE:
        return office_of(case)
    units = {
        Level.TEACHER: case.school,
        Level.SCHOOL: case.school,
        Level.VILLAGE: case.village,
        Level.TOWNSHIP: case.township,
        Level.COUNTY: case.county,
    }
    return units[level] or case.township


def office_of(case: Case) -> Unit:
    """镇教管办 of the township, or the township government where there is none (R6)."""
    office = Unit.objects.filter(
        parent_id=case.township_id, kind=UnitKind.EDUCATION_OFFICE, is_open=True
    ).first()
    return office or case.township
