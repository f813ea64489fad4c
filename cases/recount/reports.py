"""Cases that were open before 双报告 had a due day of its own get one, today at the earliest."""

from cases.actions.context import Contexts, lock
from cases.actions.moves import add_deadline, last_there
from cases.duedates import at_once, due_of
from cases.models import Case
from cases.policy import DUTIES, Act, Stage

_CODE = "dual_report"
_BEFORE = (Stage.D1, Stage.D9)  # owed from D2 on; a child that is back owes none


def owe_reports(contexts: Contexts) -> int:
    """Owe the report in every open case that lacks it and did not report yet; returns how many.

    Running it again is harmless.
    """
    rows = Case.objects.open().exclude(stage__in=_BEFORE).exclude(deadlines__code=_CODE)
    keys = rows.order_by("pk").values_list("pk", flat=True)
    return sum(_owe(pk, contexts) for pk in list(keys))


def _owe(pk: int, contexts: Contexts) -> bool:
    case = lock(pk)
    reported = case.dispatches.filter(kind=Act.REPORT_TOWNSHIP, sent_on__gte=case.away_from)
    if reported.exists():
        return False
    ctx, duty = contexts.of(case), DUTIES[_CODE][1]
    due = due_of(duty, last_there(case), ctx.rules, ctx.calendar)
    if due.due_on < ctx.today:
        due = at_once(ctx.today, ctx.calendar)
    add_deadline(case, duty, due, ctx)
    return True
