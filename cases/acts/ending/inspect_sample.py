"""登记抽查结果: the county looks after a case that the roll closed and the draw chose (P20).

The last result counts, so that a wrong one can be put right. A child who was not found at school is
told to the units of the case; the roll opens the next case.
"""

from cases.actions.automatic import NO_LETTER, always
from cases.actions.letters.notices import tell_move
from cases.acts.common import not_before, until_done
from cases.acts.shape import Attempt, CaseAct, Situation, Trace, says
from cases.policy import RULES, Act, NotAllowed
from cases.rules.codes import SAMPLE_RESULTS, SAMPLE_TRUE

_RULE = RULES[Act.INSPECT]


def _is_drawn(attempt: Attempt) -> None:
    case = attempt.case
    if not case.sampled or case.closed_on is None:
        raise NotAllowed("该个案没有列入县级抽查，不能登记抽查结果。")
    not_before(attempt, case.closed_on, "销号日期")


def _rows(trace: Trace) -> None:
    result = trace.data["sample_result"]
    if result != SAMPLE_TRUE:
        title = f"县级抽查：{SAMPLE_RESULTS[result]}，请核实"
        tell_move(trace.case, title, trace.event.pk, trace.day, trace.ctx.today)


def _offered(situation: Situation) -> bool:
    return situation.case.sampled and until_done(Act.INSPECT)(situation)


INSPECT = CaseAct(
    rule=_RULE,
    guard=_is_drawn,
    rows=_rows,
    letter=NO_LETTER,
    title=always(_RULE.label),
    offered=_offered,
    example=says(sample_result=SAMPLE_TRUE, content="到校随堂查看，学生在班上课，与点名记录一致。"),
)
