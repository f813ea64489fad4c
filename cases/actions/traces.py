"""What an act leaves behind besides its event: contact, dispatch, receipt, order, request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.actions.closing import close
from cases.actions.context import Context
from cases.actions.moves import CLOSURE_CODES, add_deadline, meet, unit_of
from cases.actions.notices import letters_to
from cases.codes import IN_PERSON
from cases.duedates import due_of, next_day
from cases.models import Case, CaseEvent, Closure, Contact, Deadline, Dispatch, Order
from cases.policy import CLOSURE_DUTIES, DUTIES, Act, Level, Stage, needs_township
from foundation.messaging.actions import post_letters


@dataclass(frozen=True, slots=True)
class Trace:
    """An act under way: its case, its event, the evidence, the level of who does it."""

    case: Case
    event: CaseEvent
    data: Mapping[str, Any]
    level: Level
    ctx: Context

    @property
    def day(self) -> date:
        """The day the act happened."""
        return self.event.occurred_on


def leave(act: Act, trace: Trace) -> None:
    """Write the act's own rows, and mark the duties that it meets."""
    _TRACES.get(act, _nothing)(trace)
    in_person = act is Act.CONTACT and trace.data["method"] in IN_PERSON
    meet(trace.case, act, trace.event, level=trace.level, in_person=in_person)
    _AFTERWARDS.get(act, _nothing)(trace)


def _nothing(trace: Trace) -> None:
    """An act of which its event is all there is."""


def _report(trace: Trace) -> None:
    _note_cause(trace)
    seen = trace.data.get("last_seen_on")
    if trace.case.last_present_on is None and seen:
        trace.case.last_present_on = seen
    trace.case.save()


def _note_cause(trace: Trace) -> None:
    for name in ("cause", "whereabouts"):
        if trace.data.get(name):
            setattr(trace.case, name, trace.data[name])


def _register(trace: Trace) -> None:
    trace.case.registered_on = trace.day
    trace.case.save()


def _contact(trace: Trace) -> None:
    data = trace.data
    Contact.objects.create(
        case=trace.case,
        event=trace.event,
        seq=trace.case.contacts.count() + 1,
        day=trace.day,
        time=data.get("time"),
        method=data["method"],
        in_person=data["method"] in IN_PERSON,
        level=trace.level,
        place=data.get("place", ""),
        participants=data["participants"],
        met=data.get("met", ""),
        attitude=data.get("attitude", ""),
        content=data["content"],
        result=data["contact_result"],
        promised_on=data.get("promised_on"),
        next_step=data.get("next_step", ""),
    )


def _ask_village(trace: Trace) -> None:
    _dispatch(trace, (Level.VILLAGE,))


def _report_township(trace: Trace) -> None:
    _note_cause(trace)
    trace.case.save()
    # Two addressees, each with its receipt (R6); one unit may be both.
    _dispatch(trace, (Level.TOWNSHIP, Level.OFFICE))


def _dispatch(trace: Trace, levels: tuple[Level, ...]) -> None:
    for level in levels:
        Dispatch.objects.create(
            case=trace.case,
            event=trace.event,
            kind=trace.event.act,
            to_unit=unit_of(trace.case, level),
            to_level=level,
            sent_on=trace.day,
        )


def _answer(trace: Trace) -> None:
    _note_cause(trace)
    trace.case.save()
    if trace.data["answer_result"] != "effective":
        _hasten_report(trace)


def _hasten_report(trace: Trace) -> None:
    """Without effect: the report to the township is due the next working day (domain 3.2, D4)."""
    later = Deadline.objects.owed().filter(case=trace.case, code="report_township").first()
    duty = DUTIES["report_township"][1]
    due = next_day(duty, trace.ctx.today, trace.ctx.calendar)
    if later is None or later.due_on <= due.due_on:
        return
    later.void_on = trace.ctx.today
    later.save(update_fields=["void_on"])
    add_deadline(trace.case, duty, due, trace.ctx)


def _receive(trace: Trace) -> None:
    """What was sent to the unit that signs; a township without an office signs for both (R6)."""
    mine = trace.case.dispatches.filter(
        kind="report_township", to_unit_id=trace.event.unit_id, received_on__isnull=True
    )
    mine.update(received_on=trace.day, received_event=trace.event)


def _serve_order(trace: Trace) -> None:
    duty = DUTIES["await_return"][1]
    due = due_of(duty, trace.day, trace.ctx.rules, trace.ctx.calendar)
    Order.objects.create(
        case=trace.case,
        event=trace.event,
        paper_no=trace.data.get("paper_no", ""),
        served_on=trace.day,
        method=trace.data["service_method"],
        received_by=trace.data["received_by"],
        due_on=due.due_on,
    )


def _request_closure(trace: Trace) -> None:
    case = trace.case
    rung = Stage(case.back_to or case.stage)
    Closure.objects.create(
        case=case,
        outcome=trace.data["outcome"],
        evidence_note=trace.data["evidence_note"],
        requested=trace.event,
        needs_township=needs_township(rung),
    )
    first = "confirm_closure" if needs_township(rung) else "approve_closure"
    _owe_answer(trace, first)


def _confirm_closure(trace: Trace) -> None:
    closure = pending(trace.case)
    closure.confirmed = trace.event
    closure.save(update_fields=["confirmed"])
    _owe_answer(trace, "approve_closure")


def _refuse_closure(trace: Trace) -> None:
    closure = pending(trace.case)
    closure.decided, closure.approved = trace.event, False
    closure.save(update_fields=["decided", "approved"])
    _tell_school(trace)


def _back_to_school(trace: Trace) -> None:
    """Refused: nobody else owes an answer, and under observation the school owes a new request."""
    owed = Deadline.objects.owed().filter(case=trace.case, code__in=CLOSURE_CODES)
    owed.update(void_on=trace.ctx.today)
    if trace.case.stage == Stage.D9:
        duty = DUTIES["request_closure"][1]
        due = next_day(duty, trace.ctx.today, trace.ctx.calendar)
        add_deadline(trace.case, duty, due, trace.ctx)


def _tell_school(trace: Trace) -> None:
    letters = letters_to(
        trace.case,
        Level.SCHOOL,
        key=f"event:{trace.event.pk}:refused",
        title="销号申请被退回",
        body=f"案号 {trace.case.number}：{trace.data['opinion']}"[:300],
        occurred_on=trace.day,
        today=trace.ctx.today,
    )
    post_letters(letters, trace.ctx.today)


def _owe_answer(trace: Trace, code: str) -> None:
    duty = next(duty for duty in CLOSURE_DUTIES if duty.code == code)
    due = due_of(duty, trace.ctx.today, trace.ctx.rules, trace.ctx.calendar)
    row = add_deadline(trace.case, duty, due, trace.ctx)
    letters = letters_to(
        trace.case,
        duty.owed_by,
        key=f"owe:{row.pk}",
        title=duty.label,
        body=f"案号 {trace.case.number}，请于 {row.due_on:%Y-%m-%d} 前办理。",
        occurred_on=trace.day,
        today=trace.ctx.today,
    )
    post_letters(letters, trace.ctx.today)


def pending(case: Case) -> Closure:
    """The request for closure that waits for an answer; there is at most one."""
    return case.closures.get(decided__isnull=True)


def approve(case: Case, data: Mapping[str, Any], ctx: Context) -> CaseEvent:
    """The county approves: the case closes with the outcome that was asked for."""
    closure = pending(case)
    event = close(case, closure.outcome, ctx, data["occurred_on"], opinion=data["opinion"])
    closure.decided, closure.approved = event, True
    closure.save(update_fields=["decided", "approved"])
    return event


_TRACES: Mapping[Act, Callable[[Trace], None]] = {
    Act.REPORT: _report,
    Act.REGISTER: _register,
    Act.CONTACT: _contact,
    Act.ASK_VILLAGE: _ask_village,
    Act.ANSWER: _answer,
    Act.REPORT_TOWNSHIP: _report_township,
    Act.RECEIVE: _receive,
    Act.SERVE_ORDER: _serve_order,
    Act.REQUEST_CLOSURE: _request_closure,
    Act.CONFIRM_CLOSURE: _confirm_closure,
    Act.REFUSE_CLOSURE: _refuse_closure,
}
_AFTERWARDS: Mapping[Act, Callable[[Trace], None]] = {Act.REFUSE_CLOSURE: _back_to_school}
