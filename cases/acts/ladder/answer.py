"""反馈协助结果: the village reports the result of its help (P5)."""

from cases.actions.automatic import NO_LETTER, always
from cases.actions.moves import add_deadline
from cases.acts.common import note_cause, until_done
from cases.acts.shape import Attempt, CaseAct, Trace, says
from cases.duedates import next_day
from cases.models import Deadline
from cases.policy import DUTIES, RULES, Act, NotAllowed

_RULE = RULES[Act.ANSWER]


def _is_consistent(attempt: Attempt) -> None:
    """Whom one met is an answer of a visit only; without a visit the village says what it did."""
    if attempt.data.get("visited"):
        return
    if attempt.data.get("met"):
        raise NotAllowed("没有勾选「已入户」，却填了见到何人。请勾选已入户，或把见到何人清空。")
    if not attempt.data.get("note"):
        raise NotAllowed("没有入户的，请在「说明」里写明怎样联系、情况如何。")


def _rows(trace: Trace) -> None:
    note_cause(trace)
    trace.case.save()
    _receive_request(trace)
    if trace.data["answer_result"] != "effective":
        _hasten_report(trace)


def _receive_request(trace: Trace) -> None:
    """An answer shows that the request came: it signs for it."""
    waiting = trace.case.dispatches.filter(kind=Act.ASK_VILLAGE, received_on__isnull=True)
    waiting.update(received_on=trace.day, received_event=trace.event)


def _hasten_report(trace: Trace) -> None:
    """Without effect, the report to the township is due the next working day (domain 3.2, D4)."""
    later = Deadline.objects.owed().filter(case=trace.case, code="report_township").first()
    duty = DUTIES["report_township"][1]
    due = next_day(duty, trace.ctx.today, trace.ctx.rules, trace.ctx.calendar)
    if later is None or later.due_on <= due.due_on:
        return
    later.void_on = trace.ctx.today
    later.save(update_fields=["void_on"])
    add_deadline(trace.case, duty, due, trace.ctx)


ANSWER = CaseAct(
    rule=_RULE,
    guard=_is_consistent,
    rows=_rows,
    letter=NO_LETTER,
    title=always(_RULE.label),
    offered=until_done(Act.ANSWER),
    example=says(visited=True, met="祖母", answer_result="no_effect", note="已入户向家长说明。"),
)
