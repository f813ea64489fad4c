"""销号: by the roll for what never reached the village, by two units for everything else."""

from datetime import date

from cases.actions.automatic import CLOSE_BY_ROLL, WITHDRAW
from cases.actions.context import Context
from cases.actions.moves import CLOSURE_CODES, meet, stop_all, write_event
from cases.actions.notices import tell_move
from cases.codes import WITHDRAWN
from cases.models import Case, CaseEvent, Closure, Deadline
from cases.policy import Act, Level, Stage
from foundation.protected import digest

SAMPLE_PERCENT = 10  # of what closes by the roll, drawn for the county (P20)
BACK = "C01"


def close_by_roll(case: Case, ctx: Context) -> None:
    """Back for P20 school days in a row before the village was ever asked: closed, C01."""
    case.sampled = is_sampled(case.number)
    _close(case, BACK, Act.CLOSE_BY_ROLL, ctx, ctx.today, CLOSE_BY_ROLL.letter)


def close(
    case: Case, outcome: str, ctx: Context, occurred_on: date, letter: str, opinion: str
) -> CaseEvent:
    """Close with an outcome that two units answer for (domain 3.6)."""
    return _close(case, outcome, Act.APPROVE_CLOSURE, ctx, occurred_on, letter, opinion)


def withdraw(case: Case, ctx: Context) -> None:
    """Take back a case whose absence was corrected before the school entered it (design 4)."""
    event = _close(case, WITHDRAWN, Act.WITHDRAW, ctx, ctx.today, WITHDRAW.letter)
    end_request(case, event)


def _close(
    case: Case,
    outcome: str,
    act: Act,
    ctx: Context,
    occurred_on: date,
    letter: str,
    opinion: str = "",
) -> CaseEvent:
    stage = case.stage
    case.stage, case.outcome, case.closed_on = Stage.DX, outcome, occurred_on
    by_county = act is Act.APPROVE_CLOSURE
    event = write_event(
        case,
        act,
        ctx,
        occurred_on=occurred_on,
        from_stage=stage,
        unit_id=case.county_id if by_county else case.school_id,
        text=opinion,
        data={"outcome": outcome},
    )
    if by_county:
        meet(case, act, event, level=Level.COUNTY)
    stop_all(case, occurred_on)
    tell_move(case, letter, event.pk, occurred_on, ctx.today)
    return event


def end_request(case: Case, event: CaseEvent) -> None:
    """A request for closure that facts have overtaken: refused by the event, owed by nobody."""
    waiting = Closure.objects.filter(case=case, decided__isnull=True)
    if waiting.update(decided=event, approved=False):
        rows = Deadline.objects.owed().filter(case=case, code__in=CLOSURE_CODES)
        rows.update(void_on=event.occurred_on)


def is_sampled(number: str) -> bool:
    """Whether the county draws the case: a fixed tenth, which nobody can choose or foresee."""
    return int(digest(number, "sample"), 16) % 100 < SAMPLE_PERCENT
