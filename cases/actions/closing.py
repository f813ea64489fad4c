"""销号: by the roll for what never reached the village, by two units for everything else."""

import hashlib
from datetime import date

from cases.actions.context import Context
from cases.actions.moves import stop_all, write_event
from cases.actions.notices import tell_move
from cases.models import Case, CaseEvent
from cases.policy import Act, Stage

SAMPLE_PERCENT = 10  # of what closes by the roll, drawn for the county (P20)


def close_by_roll(case: Case, ctx: Context) -> None:
    """Back for P20 school days in a row before the village was ever asked: closed, C01."""
    case.sampled = is_sampled(case.number)
    _close(case, "C01", Act.CLOSE_BY_ROLL, ctx, ctx.today)


def close(case: Case, outcome: str, ctx: Context, occurred_on: date, opinion: str) -> CaseEvent:
    """Close with an outcome that two units answer for (domain 3.6)."""
    return _close(case, outcome, Act.APPROVE_CLOSURE, ctx, occurred_on, opinion)


def _close(
    case: Case, outcome: str, act: Act, ctx: Context, occurred_on: date, opinion: str = ""
) -> CaseEvent:
    stage = case.stage
    stop_all(case, occurred_on)
    case.stage, case.outcome, case.closed_on = Stage.DX, outcome, occurred_on
    event = write_event(
        case,
        act,
        ctx,
        occurred_on=occurred_on,
        from_stage=stage,
        unit_id=case.school_id if act is Act.CLOSE_BY_ROLL else case.county_id,
        text=opinion,
        data={"outcome": outcome},
    )
    tell_move(case, act, event.pk, occurred_on, ctx.today)
    return event


def is_sampled(number: str) -> bool:
    """Whether the county draws the case: a fixed tenth, which nobody can choose or foresee."""
    drawn = int(hashlib.sha256(number.encode()).hexdigest(), 16) % 100
    return drawn < SAMPLE_PERCENT
