"""登记入册: the school enters the case and the day the child stopped coming, a single time (R3)."""

from cases.actions.automatic import NO_LETTER, always
from cases.acts.common import agrees_with_the_roll
from cases.acts.shape import Attempt, CaseAct, Situation, Trace
from cases.policy import RULES, Act, NotAllowed

_RULE = RULES[Act.REGISTER]


def _once(attempt: Attempt) -> None:
    on = attempt.case.registered_on
    if on:
        raise NotAllowed(f"已于 {on:%Y-%m-%d} 登记入册，无需重复登记。")
    agrees_with_the_roll(attempt, "left_on", "辍学日期")


def _rows(trace: Trace) -> None:
    trace.case.registered_on = trace.day
    trace.case.save()


def _offered(situation: Situation) -> bool:
    return situation.case.registered_on is None


REGISTER = CaseAct(
    rule=_RULE,
    guard=_once,
    rows=_rows,
    letter=NO_LETTER,
    title=always(_RULE.label),
    offered=_offered,
    example=lambda case: {"left_on": case.first_missed_on},
)
