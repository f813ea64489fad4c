"""Reopens a case that the roll closed by itself, if the roll no longer shows why (P20).

A correction, a suspended day or a leave slip may remove one of the days in a row that closed the
case, or the absence that opened it. A case that two units closed stays closed.
"""

from cases.actions.automatic import REOPEN
from cases.actions.context import Context
from cases.actions.letters.notices import tell_move
from cases.actions.moves import write_event
from cases.actions.opening import ONE_OPEN
from cases.models import Case, CaseEvent
from cases.policy import Act, Stage
from cases.rules.codes import WITHDRAWN
from foundation.rows import unless_taken

_AGAIN = "点名更正后，自动销号的依据不再成立，个案恢复观察。"
_ELSEWHERE = "点名更正后，自动销号的依据不再成立；该生已另立个案 {number}，缺勤情况并入该案。"


def reopen(case: Case, ctx: Context) -> CaseEvent | None:
    """Put the case under observation again, as it stood before the roll closed it.

    Returns None if the child has a later case: at most one is open, and the later one tells of the
    absence. No duty comes back, because a short case under observation owes none. Duties that the
    return had stopped run on if the observation breaks.
    """
    later = Case.objects.filter(child_id=case.child_id, pk__gt=case.pk).exclude(outcome=WITHDRAWN)
    newest = later.order_by("-pk").first()
    if newest is not None:
        _note(case, newest, ctx)
        return None
    closed_on = case.closed_on
    assert closed_on is not None
    case.stage, case.outcome, case.closed_on, case.sampled = Stage.D9, "", None, False
    with unless_taken(ONE_OPEN) as taken:
        case.save()
    if taken:
        return None
    return _write(case, Act.REOPEN, ctx, _AGAIN, {"closed_on": closed_on.isoformat()})


def tell_reopened(case: Case, event: CaseEvent, ctx: Context) -> None:
    """Tell who hears of an observation. If the case moved on at once, that move has been told."""
    if case.stage == Stage.D9:
        tell_move(case, REOPEN.letter, event.pk, ctx.today, ctx.today)


def _note(case: Case, other: Case, ctx: Context) -> None:
    """Write once for each closing that a later case holds the absence."""
    closed = case.events.filter(act=Act.CLOSE_BY_ROLL).order_by("-pk").first()
    noted = case.events.filter(act=Act.MERGE, pk__gt=closed.pk if closed else 0)
    if not noted.exists():
        _write(case, Act.MERGE, ctx, _ELSEWHERE.format(number=other.number), {"case": other.number})


def _write(case: Case, act: Act, ctx: Context, text: str, data: dict[str, str]) -> CaseEvent:
    return write_event(
        case,
        act,
        ctx,
        occurred_on=ctx.today,
        from_stage=Stage.DX,
        unit_id=case.school_id,
        text=text,
        data=data,
    )
