"""What another school answered about a child that is said to attend it (T16, domain 3.6 C02)."""

from dataclasses import dataclass

from cases.models import Case
from cases.orders import ABOUT
from foundation.papers.models import Paper, Reply
from foundation.papers.rules.states import VALID

ELSEWHERE = "C02"  # the outcome that needs it
CODE = "verification"  # the kind of the letter


def newest_reply(case: Case) -> Reply | None:
    """The reply that stands, to the newest letter of this absence that was answered."""
    rows = Paper.objects.about(ABOUT, case.pk).filter(kind=CODE, state__in=VALID)
    answered = rows.filter(drafted_on__gte=case.taken_up_on, replied_on__isnull=False)
    paper = answered.order_by("-replied_on", "-pk").first()
    return paper.replies.select_related("paper").first() if paper else None


def denial_of(reply: Reply) -> str:
    """What a school said that does not have the child."""
    return f"{reply.paper.number}的回函是“{reply.said.label}”，学生没有在收函学校就读。"


def why_not_elsewhere(case: Case) -> str:
    """Why the case cannot end as 外地就读已核实 now, in Chinese; "" if it can."""
    reply = newest_reply(case)
    if reply is None or reply.said.is_yes:
        return ""
    return (
        f"{denial_of(reply)}不能按“转学（外地就读已核实）”销号。"
        "学生在别的学校就读的，请再发核实函；回函登记有误的，请先更正回函。"
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What the page of a case tells of the reply, with what to do next."""

    words: str
    is_yes: bool


def said_of(case: Case) -> Said | None:
    """The reply that stands, as the page of an open case tells it."""
    reply = newest_reply(case) if case.closed_on is None else None
    if reply is None:
        return None
    if reply.said.is_yes:
        words = f"{reply.paper.number}的回函确认学生在读，可以按“转学（外地就读已核实）”申请销号。"
        return Said(words, is_yes=True)
    return Said(f"{denial_of(reply)}请继续查找和劝返。", is_yes=False)
