"""Closes cases (销号): by the roll if they never reached the village, otherwise by two units."""

from datetime import date

from cases.actions.automatic import CLOSE_BY_ROLL, WITHDRAW
from cases.actions.context import Context
from cases.actions.letters.notices import tell_move
from cases.actions.moves import CLOSURE_CODES, meet, stop_all, write_event
from cases.models import Case, CaseEvent, Closure, Deadline
from cases.policy import Act, Level, Stage
from cases.rules.codes import WITHDRAWN
from foundation.protected import digest

SAMPLE_PERCENT = 10  # closed by the roll, drawn for the county to inspect (P20)
BACK = "C01"


def close_by_roll(case: Case, ctx: Context) -> None:
    """Close with C01: P20 school days in a row at school before the village was ever asked."""
    case.sampled = is_sampled(case.number)
    _close(case, BACK, Act.CLOSE_BY_ROLL, ctx, ctx.today, CLOSE_BY_ROLL.letter)


def close(
    case: Case, outcome: str, ctx: Context, occurred_on: date, letter: str, opinion: str
) -> CaseEvent:
    """Close with an outcome that two units answer for (domain 3.6)."""
    return _close(case, outcome, Act.APPROVE_CLOSURE, ctx, occurred_on, letter, opinion)


def withdraw(case: Case, ctx: Context) -> None:
    """Withdraw a case whose absence was corrected before the school entered it (design 4)."""
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
    """Refuse an open request for closure that the facts have overtaken, and void its deadlines."""
    waiting = Closure.objects.filter(case=case, decided__isnull=True)
    if waiting.update(decided=event, approved=False):
        rows = Deadline.objects.owed().filter(case=case, code__in=CLOSURE_CODES)
        rows.update(void_on=event.occurred_on)


def is_sampled(number: str) -> bool:
    """Whether the county inspects the case: a fixed tenth that nobody can choose or foresee."""
    return int(digest(number, "sample"), 16) % 100 < SAMPLE_PERCENT
