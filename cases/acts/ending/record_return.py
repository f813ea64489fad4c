"""登记返校: a person registers that the child is back. By the roll: actions/returning.py."""

from cases.actions.automatic import MOVED, Data
from cases.acts.shape import Attempt, CaseAct, Situation, no_rows, says, whenever_possible
from cases.policy import RULES, Act, NotAllowed
from cases.rules.returns import is_away_all_day
from students.attendance.rolls.facts import facts_of

_RULE = RULES[Act.RETURN]


_NO_SCHOOL = "还没有确定责任学校，不能登记返校。请先由乡镇「确定责任学校」。"


def _agrees_with_the_roll(attempt: Attempt) -> None:
    """Refuse a return on a missed day, or before one: the roll has the last word."""
    if attempt.case.school_id is None:
        raise NotAllowed(_NO_SCHOOL)
    child, day, today = attempt.case.child_id, attempt.day, attempt.ctx.today
    facts = facts_of([child], day, today)[child]
    missed = [fact.day for fact in facts if fact.unexcused and fact.day > day]
    if missed:
        raise NotAllowed(
            f"{missed[-1]:%Y-%m-%d} 的点名仍记为无故未到，不能登记在此之前返校。"
            "请先核对点名，或改填实际返校日期。"
        )
    if any(fact.day == day and is_away_all_day(fact) for fact in facts):
        when = "今天" if day == today else f"{day:%Y-%m-%d}"
        raise NotAllowed(
            f"点名记着{when}未到，不能登记{when}返校。学生已经到校的，请先更正点名"
            "（改为到校或迟到），个案随点名转入观察；还没有到校的，等到校后再登记。"
        )


def _lacks(situation: Situation) -> str:
    """While the roll has the child as missing today, every day of return would be refused."""
    if situation.case.school_id is None:
        return _NO_SCHOOL
    child, today = situation.case.child_id, situation.ctx.today
    facts = facts_of([child], today, today)[child]
    if any(fact.day == today and is_away_all_day(fact) for fact in facts):
        return "点名记着今天未到，还不能登记返校。学生已经到校的，请先更正今天的点名。"
    return ""


def _title(data: Data) -> str:
    """The title tells a return by the roll from a person's, since both write this act."""
    return "点名到校，转入观察" if data.get("by") == "roll" else _RULE.label


RETURN = CaseAct(
    rule=_RULE,
    guard=_agrees_with_the_roll,
    rows=no_rows,
    letter=MOVED,
    title=_title,
    offered=whenever_possible,
    lacks=_lacks,
    example=says(placement="same_class"),
)
