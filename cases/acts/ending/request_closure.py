"""申请销号: the school requests closure. One request may be open at a time (domain 3.6)."""

from cases.actions.automatic import NO_LETTER, always
from cases.actions.closing import BACK
from cases.actions.context import Context
from cases.actions.letters.notices import letters_to
from cases.actions.moves import add_deadline
from cases.acts.shape import Attempt, CaseAct, Narrowed, Situation, Trace, says
from cases.duedates import due_of
from cases.models import Case, Closure
from cases.policy import (
    CLOSURE_DUTIES,
    RULES,
    Act,
    NotAllowed,
    Stage,
    is_before_village,
    needs_township,
)
from cases.rules.codes import OUTCOMES
from cases.rules.observation import observe
from cases.verifying import ELSEWHERE, why_not_elsewhere
from foundation.days import full_day_words
from foundation.messaging.actions import post_letters
from foundation.protected import sealed
from students.attendance.rolls.facts import facts_of

_RULE = RULES[Act.REQUEST_CLOSURE]


def _may_ask(attempt: Attempt) -> None:
    if attempt.case.closures.filter(decided__isnull=True).exists():
        raise NotAllowed("已有一份销号申请在办理，请等候乡镇、县级答复。")
    if attempt.data["outcome"] == BACK and (why := _why_not_back(attempt.case, attempt.ctx)):
        raise NotAllowed(why)
    if attempt.data["outcome"] == ELSEWHERE and (why := why_not_elsewhere(attempt.case)):
        raise NotAllowed(why)


def _why_not_back(case: Case, ctx: Context) -> str:
    """Why the case cannot end as 劝返复学 now, in Chinese; "" if it can."""
    if case.stage != Stage.D9 or case.returned_on is None:
        return "学生还没有返校，不能按「劝返复学」销号。请先登记返校。"
    if is_before_village(Stage(case.back_to)):
        days = ctx.rules.short_return_days
        return f"未到村级的个案，点名连续在校{days}个上课日后自动销号，无需申请。"
    facts = facts_of([case.child_id], case.first_missed_on, ctx.today)[case.child_id]
    seen = observe(facts)
    if seen.days < ctx.rules.observe_days:
        return (
            f"观察期须连续在校{ctx.rules.observe_days}个上课日，现为{seen.days}个。请满期后再申请。"
        )
    return ""


def _possible_outcomes(case: Case, ctx: Context) -> Narrowed:
    """The outcomes that would be accepted today, and why others are not among them."""
    not_back, not_elsewhere = _why_not_back(case, ctx), why_not_elsewhere(case)
    left_out = {BACK: not_back, ELSEWHERE: not_elsewhere}
    codes = {code: words for code, words in OUTCOMES.items() if not left_out.get(code)}
    return {"outcome": (codes, not_back + not_elsewhere)}


def _rows(trace: Trace) -> None:
    case = trace.case
    rung = Stage(case.back_to or case.stage)
    Closure.objects.create(
        case=case,
        outcome=trace.data["outcome"],
        requested=trace.event,
        needs_township=needs_township(rung),
        **sealed(evidence_note=trace.data["evidence_note"]),
    )
    owe_answer(trace, "confirm_closure" if needs_township(rung) else "approve_closure")


def owe_answer(trace: Trace, code: str) -> None:
    """Write the deadline of the unit that must answer the request, and tell the unit."""
    duty = next(duty for duty in CLOSURE_DUTIES if duty.code == code)
    due = due_of(duty, trace.ctx.today, trace.ctx.rules, trace.ctx.calendar)
    row = add_deadline(trace.case, duty, due, trace.ctx)
    letters = letters_to(
        trace.case,
        duty.owed_by,
        key=f"owe:{row.pk}",
        title=duty.label,
        body=f"案号 {trace.case.number}，请于 {full_day_words(row.due_on)}前办理。",
        occurred_on=trace.day,
        today=trace.ctx.today,
    )
    post_letters(letters, trace.ctx.today)


def _offered(situation: Situation) -> bool:
    return not situation.closure_waits


REQUEST_CLOSURE = CaseAct(
    rule=_RULE,
    guard=_may_ask,
    rows=_rows,
    letter=NO_LETTER,
    title=always(_RULE.label),
    offered=_offered,
    narrows=_possible_outcomes,
    example=says(outcome="C01", evidence_note="返校后点名记录、班主任观察记录"),
)
