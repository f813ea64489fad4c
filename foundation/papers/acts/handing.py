"""What is handed out against a 回执: the day, and who took it (R25). No 送达回证 is asked for."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.days import full_day_words
from foundation.papers.acts.common import LONGEST_REASON, as_either
from foundation.papers.kinds import children_of
from foundation.papers.models import Paper, PaperMove, Service
from foundation.papers.rules.service import ServiceMethod
from foundation.papers.rules.states import Move, PaperState
from foundation.protected import sealed


@transaction.atomic
def hand_out(doer: Doer, papers: Sequence[Paper], day: date, took: Mapping[int, str]) -> int:
    """Record that signed papers were handed out on the day (发放); returns how many.

    ``took`` names who took each, by the paper's key. Raises PermissionDenied, and Refused.
    """
    if day > doer.today:
        raise Refused("发放日期不能晚于今天。")
    rows = _locked(papers, (PaperState.SIGNED,))
    if not rows:
        raise Refused("没有选中可以登记发放的；还没有签发、已发放和已作废的不能登记。")
    doer = as_either(doer, rows[0])
    for paper in rows:
        as_either(doer, paper)
        _check(paper, day, took.get(paper.pk, ""))
    _enter(doer, rows, Move.SERVE, day, took, "")
    return len(rows)


@transaction.atomic
def correct_handing(doer: Doer, paper: Paper, day: date, took: str, reason: str) -> Paper:
    """Enter anew when a paper was handed out and who took it, with the reason (更正)."""
    if day > doer.today:
        raise Refused("发放日期不能晚于今天。")
    rows = _locked([paper], (PaperState.SERVED,))
    if not rows:
        raise Refused("这份文书没有登记发放，不用更正。")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Refused("请填写更正的原因，最多200个字。")
    doer = as_either(doer, rows[0])
    _check(rows[0], day, took)
    _enter(doer, rows, Move.CORRECT, day, {rows[0].pk: took}, reason)
    return rows[0]


def _locked(papers: Sequence[Paper], states: tuple[PaperState, ...]) -> list[Paper]:
    keys = [paper.pk for paper in papers]
    rows = Paper.objects.filter(pk__in=keys, state__in=states).select_related("unit")
    found = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    return [one for one in found if one.definition.on_one is not None]


def _check(paper: Paper, day: date, took: str) -> None:
    assert paper.signed_on is not None
    if day < paper.signed_on:
        signed = full_day_words(paper.signed_on)
        raise Refused(f"{paper.number}于{signed}签发，发放日期不能早于签发日期。")
    if not took.strip():
        raise Refused(f"{paper.number}没有登记监护人，请单独登记领取人。")


def _enter(
    doer: Doer, papers: Sequence[Paper], move: Move, day: date, took: Mapping[int, str], reason: str
) -> None:
    rows = [_move(doer, paper, move, day, reason) for paper in papers]
    keys = [paper.pk for paper in papers]
    Paper.objects.filter(pk__in=keys).update(served_on=day, state=PaperState.SERVED)
    PaperMove.objects.bulk_create(rows)
    at = doer.now if day == doer.today else timezone.make_aware(datetime.combine(day, time(12)))
    Service.objects.bulk_create(_service(doer, row, at, took[row.paper_id].strip()) for row in rows)
    for paper, row in zip(papers, rows, strict=True):
        paper.served_on, paper.state = day, PaperState.SERVED
        paper.definition.follows(doer, paper, row)
    details = {"numbers": [paper.number for paper in papers]}
    children = children_of(papers)
    verb = f"{move}_papers"
    audit.record(doer.origin, verb, "paper", children=children, reason=reason, details=details)


def _move(doer: Doer, paper: Paper, move: Move, day: date, reason: str) -> PaperMove:
    return PaperMove(
        paper=paper,
        move=move,
        from_state=paper.state,
        to_state=PaperState.SERVED,
        occurred_on=day,
        recorded_at=doer.now,
        person_id=doer.viewer.person_id,
        post_id=doer.post.id,
        **sealed(reason=reason.strip()),
    )


def _service(doer: Doer, row: PaperMove, at: datetime, took: str) -> Service:
    return Service(
        paper_id=row.paper_id,
        move=row,
        method=ServiceMethod.DIRECT,
        served_at=at,
        **sealed(received_by=took, first_server=doer.viewer.name),
    )
