"""确认、核准、退回销号申请: the other units' answers to a request for closure (domain 3.6, P10)."""

from cases.actions.automatic import MOVED, NO_LETTER, always
from cases.actions.closing import close
from cases.actions.letters.notices import letters_to
from cases.actions.moves import CLOSURE_CODES, add_deadline
from cases.acts.common import not_before
from cases.acts.ending.request_closure import owe_answer
from cases.acts.shape import Attempt, CaseAct, Situation, Trace, no_rows, says
from cases.duedates import next_day
from cases.models import Case, CaseEvent, Closure, Deadline
from cases.policy import DUTIES, RULES, Act, Level, NotAllowed, Stage
from cases.verifying import ELSEWHERE, why_not_elsewhere
from foundation.messaging.actions import post_letters


def _may_be_confirmed(situation: Situation) -> bool:
    closure = situation.closure
    return (
        closure is not None
        and closure.needs_township
        and closure.confirmed_id is None
        and not _had_part(situation, closure)
    )


def _may_be_approved(situation: Situation) -> bool:
    closure = situation.closure
    return (
        closure is not None
        and (closure.confirmed_id is not None or not closure.needs_township)
        and not _had_part(situation, closure)
    )


def _may_be_refused(situation: Situation) -> bool:
    closure = situation.closure
    if closure is None:
        return False
    return situation.level is not Level.TOWNSHIP or _may_be_confirmed(situation)


def _had_part(situation: Situation, closure: Closure) -> bool:
    """Whether the viewer requested or confirmed the closure: one person never does both."""
    events = (closure.requested, closure.confirmed)
    return situation.person_id in {event.person_id for event in events if event}


def _waiting(attempt: Attempt) -> Closure:
    """The open request that the act answers. Raises NotAllowed if none was made by that day."""
    waiting = attempt.case.closures.filter(decided__isnull=True)
    closure = waiting.select_related("requested", "confirmed").first()
    if closure is None:
        raise NotAllowed("没有待办理的销号申请。")
    not_before(attempt, closure.requested.occurred_on, "申请日期")
    return closure


def _must_be_another(attempt: Attempt, person_id: int | None) -> None:
    if person_id == attempt.ctx.by.person_id:
        raise NotAllowed("申请、确认、核准不能是同一人，请由另一单位的人员办理。")


def _not_denied(attempt: Attempt, closure: Closure) -> None:
    """A school that was asked may have answered since: without the child there is no 外地就读."""
    if closure.outcome == ELSEWHERE and (why := why_not_elsewhere(attempt.case)):
        raise NotAllowed(why)


def _pending(case: Case) -> Closure:
    return case.closures.get(decided__isnull=True)


# --- the township confirms ----------------------------------------------------------------------


def _may_confirm(attempt: Attempt) -> None:
    closure = _waiting(attempt)
    if not closure.needs_township or closure.confirmed_id:
        raise NotAllowed("这份销号申请不需要乡镇确认，或已经确认。")
    _not_denied(attempt, closure)
    _must_be_another(attempt, closure.requested.person_id)


def _confirmed(trace: Trace) -> None:
    closure = _pending(trace.case)
    closure.confirmed = trace.event
    closure.save(update_fields=["confirmed"])
    owe_answer(trace, "approve_closure")


CONFIRM_CLOSURE = CaseAct(
    rule=RULES[Act.CONFIRM_CLOSURE],
    guard=_may_confirm,
    rows=_confirmed,
    letter=NO_LETTER,
    title=always(RULES[Act.CONFIRM_CLOSURE].label),
    offered=_may_be_confirmed,
    example=says(opinion="经核实，学生已正常到校，同意上报。"),
)


# --- the county approves ------------------------------------------------------------------------


def _may_approve(attempt: Attempt) -> None:
    closure = _waiting(attempt)
    if closure.needs_township and closure.confirmed_id is None:
        raise NotAllowed("这份销号申请还没有乡镇确认，请先由乡镇人民政府确认。")
    _not_denied(attempt, closure)
    _must_be_another(attempt, closure.requested.person_id)
    if closure.confirmed is not None:
        _must_be_another(attempt, closure.confirmed.person_id)
        not_before(attempt, closure.confirmed.occurred_on, "乡镇确认日期")


def _close(attempt: Attempt) -> CaseEvent:
    """Close the case with the outcome that was requested."""
    closure = _pending(attempt.case)
    event = close(
        attempt.case,
        closure.outcome,
        attempt.ctx,
        attempt.day,
        letter=APPROVE_CLOSURE.letter,
        opinion=attempt.data["opinion"],
    )
    closure.decided, closure.approved = event, True
    closure.save(update_fields=["decided", "approved"])
    return event


APPROVE_CLOSURE = CaseAct(
    rule=RULES[Act.APPROVE_CLOSURE],
    guard=_may_approve,
    rows=no_rows,
    ending=_close,
    letter=MOVED,
    title=always(RULES[Act.APPROVE_CLOSURE].label),
    offered=_may_be_approved,
    example=says(opinion="材料齐全，同意销号。"),
)


# --- either of them sends it back ---------------------------------------------------------------


def _may_refuse(attempt: Attempt) -> None:
    closure = _waiting(attempt)
    if attempt.level is Level.TOWNSHIP and (not closure.needs_township or closure.confirmed_id):
        raise NotAllowed("这份销号申请不在乡镇办理，或乡镇已经确认，请联系县教育局。")


def _refused(trace: Trace) -> None:
    closure = _pending(trace.case)
    closure.decided, closure.approved = trace.event, False
    closure.save(update_fields=["decided", "approved"])
    _tell_school(trace)


def _tell_school(trace: Trace) -> None:
    letters = letters_to(
        trace.case,
        Level.SCHOOL,
        key=f"event:{trace.event.pk}:refused",
        title="销号申请被退回",
        body=f"案号 {trace.case.number}。退回理由见个案的办理经过，请补正后再报。",
        occurred_on=trace.day,
        today=trace.ctx.today,
    )
    post_letters(letters, trace.ctx.today)


def _back_to_school(trace: Trace) -> None:
    """End the other units' answers. Under observation the school owes a new request."""
    owed = Deadline.objects.owed().filter(case=trace.case, code__in=CLOSURE_CODES)
    owed.update(void_on=trace.ctx.today)
    if trace.case.stage == Stage.D9:
        duty = DUTIES["request_closure"][1]
        due = next_day(duty, trace.ctx.today, trace.ctx.rules, trace.ctx.calendar)
        add_deadline(trace.case, duty, due, trace.ctx)


REFUSE_CLOSURE = CaseAct(
    rule=RULES[Act.REFUSE_CLOSURE],
    guard=_may_refuse,
    rows=_refused,
    afterwards=_back_to_school,
    letter=NO_LETTER,
    title=always(RULES[Act.REFUSE_CLOSURE].label),
    offered=_may_be_refused,
    example=says(opinion="佐证材料不足，请补充点名记录后再报。"),
)
