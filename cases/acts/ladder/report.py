"""班主任提交报告: the teacher reports the absence to the school, with a first cause (R2)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.actions.automatic import MOVED, always
from cases.actions.context import Context
from cases.acts.common import agrees_with_the_roll, day_within, note_cause, until_done
from cases.acts.shape import Attempt, Bounds, CaseAct, Trace
from cases.models import Case
from cases.policy import RULES, Act
from foundation.days import ONE_DAY

_RULE = RULES[Act.REPORT]


def _last_seen_fits(attempt: Attempt) -> None:
    agrees_with_the_roll(attempt, "last_seen_on", "最后到校日期", is_presence=True)
    day_within(attempt, _bounds(attempt.case, attempt.ctx), "last_seen_on", "最后到校日期")


def _bounds(case: Case, ctx: Context) -> Bounds:
    """Who never came this school year was last seen in the one before."""
    year = ctx.calendar.school_year_of(case.first_missed_on) - 1
    first = case.last_present_on or date(year, 9, 1)
    return {"last_seen_on": (first, case.first_missed_on)}


def _rows(trace: Trace) -> None:
    note_cause(trace)
    seen = trace.data.get("last_seen_on")
    if trace.case.last_present_on is None and seen:
        trace.case.last_present_on = seen
    trace.case.save()


def _example(case: Case) -> Mapping[str, Any]:
    return {
        "last_seen_on": case.last_present_on or case.first_missed_on - ONE_DAY,
        "contact_tried": "电话打通，无人接听。",
        "cause": "02",
    }


REPORT = CaseAct(
    rule=_RULE,
    guard=_last_seen_fits,
    rows=_rows,
    letter=MOVED,
    title=always(_RULE.label),
    offered=until_done(Act.REPORT),
    example=_example,
    bounds=_bounds,
)
