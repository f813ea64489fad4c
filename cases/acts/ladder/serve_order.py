"""登记限期复学通知书送达: the day of service starts the guardian's week (R15, R16).

The service is entered on the paper (cases/papers/kinds/order.py), which then does this act.
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.actions.automatic import MOVED, always
from cases.actions.context import Context
from cases.acts.shape import Attempt, CaseAct, Situation, Trace, says
from cases.duedates import due_of
from cases.models import Case, Contact, Order
from cases.orders import ABOUT, CODE, to_be_served
from cases.policy import DUTIES, RULES, Act, NotAllowed
from foundation.accounts.parameters import Parameters
from foundation.papers.models import Paper
from foundation.prepared import prepared

_RULE = RULES[Act.SERVE_ORDER]
_UNSIGNED = "限期复学通知书还没有签发，不能登记送达：先由经办人起草送签，再由乡镇领导签发。"
_EARLIER = "这份通知书是学生上一次缺勤时签发的，不能再送达；请作废后重新起草。"


def talks(case: Case, day: date) -> tuple[int, int]:
    """On how many days somebody tried to bring the child back until the day, and how many of them
    in person."""
    days = _contacts(case=case.pk, since=case.away_from, until=day)
    return len({day for day, _ in days}), len({day for day, face in days if face})


@prepared
def _contacts(*, case: Any, since: Any, until: Any) -> QuerySet[Contact, Any]:
    rows = Contact.objects.filter(case_id=case, day__gte=since, day__lte=until)
    return rows.values_list("day", "in_person")


def talks_in_words(case: Case, ctx: Context) -> str:
    """How often it was tried until today, and how often P7 asks for, in Chinese."""
    tried, in_person = talks(case, ctx.today)
    rules = ctx.rules
    return (
        f"已在不同日期劝返{tried}次，其中当面{in_person}次；"
        f"规定至少{rules.attempts}次、当面至少{rules.attempts_in_person}次。"
    )


def shortfall(case: Case, day: date, rules: Parameters) -> str:
    """P7: enough attempts, on different days, enough of them in person (JH 二(一), GH 三访).

    Returns what is missing on the day, in Chinese; "" when nothing is. A case that was opened again
    counts its attempts anew (domain 3.7).
    """
    tried, in_person = talks(case, day)
    if tried >= rules.attempts and in_person >= rules.attempts_in_person:
        return ""
    return (
        f"下达限期复学通知书前，须在不同日期劝返至少{rules.attempts}次、"
        f"其中当面至少{rules.attempts_in_person}次；"
        f"现有{tried}次、当面{in_person}次。请先记录劝返。"
    )


def _signed_for_this_absence(attempt: Attempt) -> None:
    papers = Paper.objects.about(ABOUT, attempt.case.pk).filter(kind=CODE)
    paper = papers.filter(pk=attempt.data.get("order_paper"), signed_on__isnull=False).first()
    if paper is None:
        raise NotAllowed(_UNSIGNED)
    if paper.signed_on < attempt.case.taken_up_on:
        raise NotAllowed(_EARLIER)
    if missing := shortfall(attempt.case, attempt.day, attempt.ctx.rules):
        raise NotAllowed(missing)


def _is_signed(situation: Situation) -> bool:
    return to_be_served(situation.case) is not None


def _rows(trace: Trace) -> None:
    duty = DUTIES["await_return"][1]
    due = due_of(duty, trace.day, trace.ctx.rules, trace.ctx.calendar)
    Order.objects.create(
        case=trace.case,
        event=trace.event,
        paper_id=trace.data["order_paper"],
        paper_no=trace.data["paper_no"],
        served_on=trace.day,
        method=trace.data["service_method"],
        received_by=trace.data["received_by"],
        due_on=due.due_on,
    )


SERVE_ORDER = CaseAct(
    rule=_RULE,
    guard=_signed_for_this_absence,
    rows=_rows,
    letter=MOVED,
    title=always(_RULE.label),
    offered=_is_signed,
    tells=talks_in_words,
    example=says(service_method="direct", received_by="监护人本人"),
)
