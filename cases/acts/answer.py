"""反馈协助结果: the village reports the result of its help (P5)."""

from cases.actions.automatic import NO_LETTER, always
from cases.actions.moves import add_deadline
from cases.acts.common import note_cause
from cases.acts.shape import CaseAct, Trace, no_condition, says, whenever_possible
from cases.duedates import next_day
from cases.models import Deadline
from cases.policy import DUTIES, RULES, Act

_RULE = RULES[Act.ANSWER]


def _rows(trace: Trace) -> None:
    note_cause(trace)
    trace.case.save()
    if trace.data["answer_result"] != "effective":
        _hasten_report(trace)


def _hasten_report(trace: Trace) -> None:
    """Without effect, the report to the township is due the next working day (domain 3.2, D4)."""
    later = Deadline.objects.owed().filter(case=trace.case, code="report_township").first()
    duty = DUTIES["report_township"][1]
    due = next_day(duty, trace.ctx.today, trace.ctx.calendar)
    if later is None or later.due_on <= due.due_on:
        return
    later.void_on = trace.ctx.today
    later.save(update_fields=["void_on"])
    add_deadline(trace.case, duty, due, trace.ctx)


ANSWER = CaseAct(
    rule=_RULE,
    guard=no_condition,
    rows=_rows,
    letter=NO_LETTER,
    title=always(_RULE.label),
    offered=whenever_possible,
    example=says(visited=True, met="祖母", answer_result="no_effect", note="已入户说明情况。"),
)
