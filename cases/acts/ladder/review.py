"""记录会商: the township reviews the case once a month. Each review begins the next month."""

from cases.actions.automatic import MOVED, always
from cases.acts.shape import CaseAct, no_condition, no_rows, says, whenever_possible
from cases.policy import RULES, Act

_RULE = RULES[Act.REVIEW]

REVIEW = CaseAct(
    rule=_RULE,
    guard=no_condition,
    rows=no_rows,
    letter=MOVED,
    title=always(_RULE.label),
    offered=whenever_possible,
    example=says(
        participants="镇政府、镇教管办、派出所、司法所",
        content="逐项分析未返原因，研究下一步劝返办法。",
        next_step="包保干部每周联系一次，寒假前再次上门。",
    ),
)
