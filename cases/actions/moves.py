"""Moves a case: writes the event, ends old duties, begins new ones, in one transaction."""

import json
from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet

from cases.actions.context import Context
from cases.duedates import Due, at_once, due_of
from cases.models import Case, CaseEvent, Contact, Deadline
from cases.policy import CLOSURE_DUTIES, RULES, STEPS, Act, Clock, Duty, Level, Stage
from cases.rules.fields import NARRATIVES
from foundation.accounts.models import Unit, UnitKind
from foundation.days import ONE_DAY, day_words
from foundation.prepared import prepared, store
from foundation.protected import sealed

CLOSURE_CODES = tuple(duty.code for duty in CLOSURE_DUTIES)
_SCHOOL = (Level.TEACHER, Level.SCHOOL)
# Names of fields, so that a unit's row is read only when it is needed.
UNITS = {
    Level.TEACHER: "school",
    Level.SCHOOL: "school",
    Level.VILLAGE: "village",
    Level.TOWNSHIP: "township",
    Level.COUNTY: "county",
}


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
    """Write one event and raise the case's version."""
    said = data or {}
    told = {name: said[name] for name in said.keys() & NARRATIVES}
    event = CaseEvent(
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
        data={name: value for name, value in said.items() if name not in told},
        **sealed(text=text, told=_as_json(told)),
    )
    store(event)
    case.version += 1
    case.save()
    return event


def _as_json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True) if told else ""


def enter(case: Case, stage: Stage, day0: date, ctx: Context) -> None:
    """Put the case on a rung and write the duties owed there from ``day0`` on."""
    end_duties(case, day0)
    case.stage, case.entered_on = stage, day0
    if stage is Stage.D3 and case.village_asked_on is None:
        case.village_asked_on = day0
    case.save()
    owe(case, STEPS[stage].duties, day0, ctx)
    if STEPS[stage].owner is Level.TOWNSHIP:
        _hasten_report(case, day0, ctx)


def _hasten_report(case: Case, day: date, ctx: Context) -> None:
    """双报告 is due when the case comes to the township, if it was not due before (P13)."""
    row = Deadline.objects.owed().filter(case=case, code="dual_report", due_on__gt=day).first()
    if row is not None:
        replace_deadline(case, row, at_once(day, ctx.calendar), ctx, "个案转到乡镇，期限")


def last_there(case: Case) -> date:
    """The last day at school before the absence that the case is about now."""
    if case.again_missed_on or case.last_present_on is None:
        return case.away_from - ONE_DAY
    return case.last_present_on


def end_duties(case: Case, day: date) -> None:
    """End the duties still owed on the rung: missed if their day had come, void otherwise.

    A duty with ``due_before_moving`` is missed even before its day (P3: a visit before the village
    is asked). Lasting duties are owed on the next rung as well.
    """
    duties = [duty for duty in STEPS[Stage(case.stage)].duties if not duty.lasting]
    owed = Deadline.objects.owed().filter(case=case, code__in=[duty.code for duty in duties])
    skipped = [duty.code for duty in duties if duty.due_before_moving]
    owed.filter(Q(due_on__lt=day) | Q(code__in=skipped)).update(lapsed_on=day)
    owed.update(void_on=day)


def owe(case: Case, duties: tuple[Duty, ...], day0: date, ctx: Context) -> None:
    """Write the deadlines of the duties. A hand-over counts from the window before it."""
    made: dict[str, Due] = {}
    last = _last_cycles(case, [duty.code for duty in duties])
    for duty in duties:
        if _is_needless(case, duty):
            continue
        start = last_there(case) if duty.clock is Clock.ABSENCE else day0
        made[duty.code] = due_of(duty, start, ctx.rules, ctx.calendar, made.get(duty.after))
        row = _write(case, duty, made[duty.code], ctx, last.get(duty.code, 0) + 1)
        meet_by_contact(row, day0)


def _is_needless(case: Case, duty: Duty) -> bool:
    # The roll itself closes a case that never reached the village (P20).
    return duty.code == "request_closure" and case.back_to in (Stage.D1, Stage.D2)


def add_deadline(case: Case, duty: Duty, due: Due, ctx: Context) -> Deadline:
    """Write one deadline under the rules and the calendar of the context."""
    return _write(case, duty, due, ctx, _last_cycles(case, [duty.code]).get(duty.code, 0) + 1)


def replace_deadline(case: Case, row: Deadline, due: Due, ctx: Context, why: str) -> None:
    """Void a deadline, write it anew with another due day, and log why in Chinese."""
    row.void_on = ctx.today
    row.save(update_fields=["void_on"])
    made = add_deadline(case, row.duty, due, ctx)
    write_event(
        case,
        Act.REDATE,
        ctx,
        occurred_on=ctx.today,
        unit_id=case.county_id,
        text=f"{why}由{day_words(row.due_on)}改为{day_words(due.due_on)}。",
        data={"duty": row.code, "deadline": made.pk, "before": row.pk},
    )


def _last_cycles(case: Case, codes: list[str]) -> dict[str, int]:
    return dict(_cycles(case=case.pk, codes=codes))


@prepared
def _cycles(*, case: Any, codes: Any) -> QuerySet[Any, Any]:
    rows = Deadline.objects.filter(case=case, code__among=codes).order_by()
    return rows.values_list("code").annotate(Max("cycle"))


def _write(case: Case, duty: Duty, due: Due, ctx: Context, cycle: int) -> Deadline:
    row = Deadline(
        case=case,
        code=duty.code,
        cycle=cycle,
        level=duty.owed_by,
        unit_id=unit_id_of(case, duty.owed_by),
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
    store(row)
    return row


def meet(case: Case, act: Act, event: CaseEvent, *, level: Level, in_person: bool = False) -> None:
    """Mark the duties that the act fulfils. Missed ones are marked too, and stay late.

    An act in the world counts by the day it happened, a report by the day it was recorded.
    """
    day = event.occurred_on if RULES[act].by_its_day else event.recorded_on
    for deadline in _unmet(case=case.pk):
        if act in deadline.duty.met_by and _suffices(deadline, act, day, level, in_person):
            _mark_met(deadline, day, event)


@prepared
def _unmet(*, case: Any) -> QuerySet[Deadline]:
    return Deadline.objects.unmet().filter(case_id=case)


def _suffices(deadline: Deadline, act: Act, day: date, level: Level, in_person: bool) -> bool:
    duty = deadline.duty
    if duty.clock is Clock.PROMISE:
        return day >= deadline.due_on  # a talk before that day tells nothing of it
    if act is Act.CONTACT:
        # R4: the school persuades once it has the report. An earlier call does not count.
        return level in _SCHOOL and day >= deadline.day0 and (in_person or not duty.in_person)
    return duty.code not in CLOSURE_CODES or duty.owed_by == level


def meet_by_contact(deadline: Deadline, since: date) -> None:
    """Mark a duty of persuasion met by a contact that the school has recorded since that day."""
    duty = deadline.duty
    if Act.CONTACT not in duty.met_by:
        return
    for first in _contacts(duty.in_person, case=deadline.case_id, since=since):
        _mark_met(deadline, first.day, first.event)


@prepared
def _contacts(in_person: bool, *, case: Any, since: Any) -> QuerySet[Contact]:
    """The first contact of the school since a day."""
    rows = Contact.objects.filter(case=case, day__gte=since, level__in=_SCHOOL)
    found = rows.filter(in_person=True) if in_person else rows
    return found.order_by("day", "seq").select_related("event")[:1]


def _mark_met(deadline: Deadline, day: date, event: CaseEvent) -> None:
    deadline.met_on, deadline.met_event = day, event
    deadline.save(update_fields=["met_on", "met_event"])


def stop_rungs(case: Case, day: date) -> None:
    """Void the rung's duties, since the child is back. Answers to a request stay owed."""
    Deadline.objects.owed().filter(case=case).exclude(code__in=CLOSURE_CODES).update(void_on=day)


def stop_all(case: Case, day: date) -> None:
    """Void everything owed, because the case ends."""
    Deadline.objects.owed().filter(case=case).update(void_on=day)


def unit_id_of(case: Case, level: Level) -> int:
    """The case's unit on a level. Without a village the township stands in for it."""
    if level is Level.OFFICE:
        return office_of(case).pk
    unit: int | None = getattr(case, f"{UNITS[level]}_id")
    return unit or case.township_id


def office_of(case: Case) -> Unit:
    """镇教管办 of the township, or the township government where there is none (R6)."""
    offices: list[Unit] = _offices(township=case.township_id)
    return offices[0] if offices else case.township


@prepared
def _offices(*, township: Any) -> QuerySet[Unit]:
    own = Q(parent_id=township, kind=UnitKind.EDUCATION_OFFICE) | Q(office_of_id=township)
    return Unit.objects.filter(own, is_open=True).order_by("pk")
