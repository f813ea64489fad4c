"""拨打监护人电话: shows one number; the page of the call audits it, no event is written."""

from cases.actions.automatic import NO_LETTER, always
from cases.acts.shape import CaseAct, Situation, no_condition, no_rows, says
from cases.policy import RULES, Act

_RULE = RULES[Act.CALL]


def _beside_the_number(situation: Situation) -> bool:
    """Its button stands beside each guardian, not among the acts."""
    return False


CALL = CaseAct(
    rule=_RULE,
    guard=no_condition,
    rows=no_rows,
    letter=NO_LETTER,
    title=always(_RULE.label),
    offered=_beside_the_number,
    example=says(),
)
