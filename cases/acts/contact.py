"""记录劝返: a visit or a call to bring the child back (R4, domain 6.11)."""

from datetime import time

from cases.actions.automatic import NO_LETTER, always
from cases.acts.shape import Attempt, CaseAct, Trace, says, whenever_possible
from cases.models import Contact
from cases.policy import RULES, Act, NotAllowed
from cases.rules.codes import IN_PERSON
from foundation.protected import sealed

_RULE = RULES[Act.CONTACT]
_IN_WORDS = ("place", "participants", "met", "content", "next_step")


def _promise_is_to_come(attempt: Attempt) -> None:
    promised = attempt.data.get("promised_on")
    if promised and promised < attempt.day:
        raise NotAllowed("承诺返校日期不能早于劝返当天，请核对。")


def _rows(trace: Trace) -> None:
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
        attitude=data.get("attitude", ""),
        result=data["contact_result"],
        promised_on=data.get("promised_on"),
        **sealed(**{name: data.get(name, "") for name in _IN_WORDS}),
    )


CONTACT = CaseAct(
    rule=_RULE,
    guard=_promise_is_to_come,
    rows=_rows,
    letter=NO_LETTER,
    title=always(_RULE.label),
    offered=whenever_possible,
    example=says(
        time=time(16, 30),
        method="visit",
        place="学生家中",
        participants="班主任、村干部",
        met="祖母",
        attitude="hesitates",
        content="讲明义务教育法的要求和辍学的影响，动员返校。",
        contact_result="hesitates",
        next_step="继续联系，三日内再次上门。",
    ),
)
