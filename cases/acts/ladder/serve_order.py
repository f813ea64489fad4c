"""登记限期复学通知书送达: the day of service starts the guardian's week (R15, R16)."""

from datetime import date

from cases.actions.automatic import MOVED, always
from cases.actions.context import Context
from cases.acts.shape import Attempt, CaseAct, Situation, Trace, says, whenever_possible
from cases.duedates import due_of
from cases.models import Case, Order
from cases.policy import DUTIES, RULES, Act, NotAllowed
from foundation.accounts.parameters import Parameters

_RULE = RULES[Act.SERVE_ORDER]


def _talks(case: Case, day: date) -> tuple[int, int]:
    """On how many days somebody tried to bring the child back until the day, and how many of them
    in person."""
    contacts = case.contacts.filter(day__range=(case.away_from, day))
    days = list(contacts.values_list("day", "in_person"))
    return len({day for day, _ in days}), len({day for day, face in days if face})


def _told(case: Case, ctx: Context) -> str:
    tried, in_person = _talks(case, ctx.today)
    rules = ctx.rules
    return (
        f"已在不同日期劝返{tried}次，其中当面{in_person}次；"
        f"规定至少{rules.attempts}次、当面至少{rules.attempts_in_person}次。"
    )


def _shortfall(case: Case, day: date, rules: Parameters) -> str:
    """P7: enough attempts, on different days, enough of them in person (JH 二(一), GH 三访).

    Returns what is missing on the day, in Chinese; "" when nothing is. A case that was opened again
    counts its attempts anew (domain 3.7).
    """
    tried, in_person = _talks(case, day)
    if tried >= rules.attempts and in_person >= rules.attempts_in_person:
        return ""
    return (
        f"下达限期复学通知书前，须在不同日期劝返至少{rules.attempts}次、"
        f"其中当面至少{rules.attempts_in_person}次；"
        f"现有{tried}次、当面{in_person}次。请先记录劝返。"
    )


def _tried_often_enough(attempt: Attempt) -> None:
    if missing := _shortfall(attempt.case, attempt.day, attempt.ctx.rules):
        raise NotAllowed(missing)


def _lacks(situation: Situation) -> str:
    return _shortfall(situation.case, situation.ctx.today, situation.ctx.rules)


def _rows(trace: Trace) -> None:
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


SERVE_ORDER = CaseAct(
    rule=_RULE,
    guard=_tried_often_enough,
    rows=_rows,
    letter=MOVED,
    title=always(_RULE.label),
    offered=whenever_possible,
    lacks=_lacks,
    tells=_told,
    example=says(service_method="direct", received_by="监护人本人"),
)
