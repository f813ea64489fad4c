"""签收报告: township and 镇教管办 each sign for their copy of the school's report (R6)."""

from cases.actions.automatic import NO_LETTER, always
from cases.acts.common import not_before, sign_for
from cases.acts.shape import Attempt, CaseAct, Situation, Trace, says
from cases.policy import RULES, Act, NotAllowed

_RULE = RULES[Act.RECEIVE]


def _is_sent_here(attempt: Attempt) -> None:
    sent = attempt.case.dispatches.filter(
        kind="report_township", to_unit_id=attempt.unit_id, received_on__isnull=True
    ).first()
    if sent is None:
        raise NotAllowed("没有待本单位签收的报告。")
    if sent.paper_id:
        raise NotAllowed("这份报告在文书上签收：校长签发以后在“待签收的文书”里。")
    not_before(attempt, sent.sent_on, "送出日期")


def _rows(trace: Trace) -> None:
    """The dispatches to the unit that signs. A township without an office signs for both (R6)."""
    sign_for(trace, Act.REPORT_TOWNSHIP)


def _offered(situation: Situation) -> bool:
    """Offered while a report waits at the viewer's unit."""
    waiting = situation.case.dispatches.filter(
        kind="report_township", received_on=None, paper=None, to_unit_id=situation.unit_id
    )
    return waiting.exists()


RECEIVE = CaseAct(
    rule=_RULE,
    guard=_is_sent_here,
    rows=_rows,
    letter=NO_LETTER,
    title=always(_RULE.label),
    offered=_offered,
    example=says(),
)
