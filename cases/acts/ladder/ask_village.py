"""请村（居）委会协助: the school asks the village to help, a single time (R5)."""

from cases.actions.automatic import MOVED, always
from cases.acts.common import dispatch, sent_once, until_done
from cases.acts.shape import CaseAct, Trace, says
from cases.policy import RULES, Act, Level

_RULE = RULES[Act.ASK_VILLAGE]


def _rows(trace: Trace) -> None:
    dispatch(trace, (Level.VILLAGE,))


ASK_VILLAGE = CaseAct(
    rule=_RULE,
    guard=sent_once(Act.ASK_VILLAGE, "协助劝返请求已经送出，无需重复。"),
    rows=_rows,
    letter=MOVED,
    title=always(_RULE.label),
    offered=until_done(Act.ASK_VILLAGE),
    example=says(content="学校家访后仍未返校，请协助入户劝返并反馈结果。"),
)
