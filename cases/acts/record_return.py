"""登记返校: a person registers that the child is back. By the roll: actions/returning.py."""

from cases.actions.automatic import MOVED, Data
from cases.acts.shape import Attempt, CaseAct, no_rows, says, whenever_possible
from cases.policy import RULES, Act, NotAllowed
from foundation.days import ONE_DAY
from students.attendance.rolls.facts import facts_of

_RULE = RULES[Act.RETURN]


def _not_missed_since(attempt: Attempt) -> None:
    """Refuse a return before a missed day: the roll has the last word."""
    child, since = attempt.case.child_id, attempt.day + ONE_DAY
    facts = facts_of([child], since, attempt.ctx.today)[child]
    missed = [fact.day for fact in facts if fact.unexcused]
    if missed:
        raise NotAllowed(
            f"{missed[-1]:%Y-%m-%d} 的点名仍记为无故未到，不能登记在此之前返校。"
            "请先核对点名，或改填实际返校日期。"
        )


def _title(data: Data) -> str:
    """The title tells a return by the roll from a person's, since both write this act."""
    return "点名到校，转入观察" if data.get("by") == "roll" else _RULE.label


RETURN = CaseAct(
    rule=_RULE,
    guard=_not_missed_since,
    rows=no_rows,
    letter=MOVED,
    title=_title,
    offered=whenever_possible,
    example=says(placement="same_class"),
)
