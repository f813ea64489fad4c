"""登记入册: the school enters the case and the day the child stopped coming, a single time (R3).

The day is corrected by an entry of its own with its reason: the first one stays in the history, no
deadline is met or moved by it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.actions.automatic import NO_LETTER, always
from cases.actions.context import Context
from cases.acts.common import agrees_with_the_roll, day_within
from cases.acts.shape import Attempt, Bounds, CaseAct, Situation, Trace, no_rows
from cases.models import Case
from cases.policy import RULES, Act, NotAllowed

_RULE = RULES[Act.REGISTER]
_CORRECTION = RULES[Act.CORRECT_REGISTER]
_WHAT = "辍学日期"


def registered_day(case: Case) -> date | None:
    """The day the child stopped coming as the register holds it now; None before the entry."""
    entries = case.events.filter(act__in=(Act.REGISTER, Act.CORRECT_REGISTER))
    newest = entries.filter(occurred_on__gte=case.away_from).order_by("-pk").first()
    return date.fromisoformat(newest.data["left_on"]) if newest else None


def _bounds(case: Case, ctx: Context) -> Bounds:
    """Who was at school in this school year, or never came, stopped coming in this school year."""
    year = date(ctx.calendar.school_year_of(case.first_missed_on), 9, 1)
    first = min(year, case.first_missed_on)
    return {"left_on": (max(first, case.last_present_on or first), case.first_missed_on)}


def _once(attempt: Attempt) -> None:
    on = attempt.case.registered_on
    if on:
        raise NotAllowed(f"已于 {on:%Y-%m-%d} 登记入册，无需重复登记。")
    _check_day(attempt)


def _check_day(attempt: Attempt) -> None:
    agrees_with_the_roll(attempt, "left_on", _WHAT)
    day_within(attempt, _bounds(attempt.case, attempt.ctx), "left_on", _WHAT)


def _changes_something(attempt: Attempt) -> None:
    if attempt.case.registered_on is None:
        raise NotAllowed("还没有登记入册，不用更正：请直接登记入册。")
    if attempt.data["left_on"] == registered_day(attempt.case):
        raise NotAllowed("更正后的日期与登记的相同，请核对。", ("left_on",))
    _check_day(attempt)


def _rows(trace: Trace) -> None:
    trace.case.registered_on = trace.day
    trace.case.save()


def _not_registered(situation: Situation) -> bool:
    return situation.case.registered_on is None


def _registered(situation: Situation) -> bool:
    return situation.case.registered_on is not None


def _entry(case: Case) -> Mapping[str, Any]:
    return {"left_on": case.first_missed_on}


REGISTER = CaseAct(
    rule=_RULE,
    guard=_once,
    rows=_rows,
    letter=NO_LETTER,
    title=always(_RULE.label),
    offered=_not_registered,
    example=_entry,
    bounds=_bounds,
)
CORRECT_REGISTER = CaseAct(
    rule=_CORRECTION,
    guard=_changes_something,
    rows=no_rows,
    letter=NO_LETTER,
    title=always(_CORRECTION.label),
    offered=_registered,
    example=lambda case: {**_entry(case), "reason": "登记时日期写错，经与班主任核对点名更正。"},
    bounds=_bounds,
)
