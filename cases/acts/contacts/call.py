"""拨打监护人电话: shows one number. The call's page writes an audit row; no event is written."""

from cases.actions.automatic import NO_LETTER, always
from cases.acts.shape import CaseAct, Situation, no_condition, no_rows, says
from cases.policy import RULES, Act

_RULE = RULES[Act.CALL]


def _beside_the_number(situation: Situation) -> bool:
    """Never offered among the acts: its button stands beside each guardian."""
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
