"""Draws up enrolment notices and notes that they were handed out; the engine signs and voids them.

A number is given with the signature, once, and never again (forms 3.2).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.accounts.roles import Right
from foundation.papers.acts import About
from foundation.papers.acts.batches import Drawn, draw_up
from foundation.papers.acts.bundling import MOST
from foundation.papers.acts.handing import correct_handing, hand_out
from foundation.papers.models import Paper, PaperBatch
from students.census.models import Entrant, Notice
from students.census.notices.facts import NoticeDue, guardian_of, plan_notices, values_of
from students.census.notices.kind import ABOUT, CODE

_Ready = Sequence[NoticeDue]


@dataclass(frozen=True, slots=True)
class DrawnUp:
    """The lists that were drawn up, one a township and year, and the children without a notice."""

    lists: list[PaperBatch] = field(default_factory=list)
    count: int = 0
    skipped: list[tuple[Entrant, str]] = field(default_factory=list)


@transaction.atomic
def draw_up_notices(doer: Doer, entrant_ids: Iterable[int]) -> DrawnUp:
    """Draft the children's notices and send them to their townships to be signed (R25, T01).

    One notice a child. A child that has one, has come, or is excused gets none and is named in the
    result. Raises PermissionDenied, and Refused.
    """
    keys = list(entrant_ids)
    _lock(doer, keys)
    plan = plan_notices(doer.viewer, keys, doer.today)
    lists = [_list(doer, *one) for one in _by_signer(plan.ready)]
    return DrawnUp(lists, len(plan.ready), plan.skipped)


def _lock(doer: Doer, keys: Sequence[int]) -> None:
    """In one order, so that two who draw up cannot block each other; until the end."""
    seen = Entrant.objects.visible_to(doer.viewer, doer.today, [Right.ISSUE_NOTICES])
    rows = Entrant.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(pk__in=seen.filter(pk__in=keys)).order_by("pk").values_list("pk"))


def _by_signer(ready: _Ready) -> list[tuple[Unit, int, _Ready]]:
    """By township and year, so many at a time as are printed as one PDF."""
    found: dict[tuple[int, int], list[NoticeDue]] = {}
    for due in ready:
        key = (due.entrant.township_id, due.entrant.school_year)
        found.setdefault(key, []).append(due)
    return [
        (rows[0].entrant.township, year, rows[at : at + MOST])
        for (_, year), rows in found.items()
        for at in range(0, len(rows), MOST)
    ]


def _list(doer: Doer, township: Unit, year: int, ready: _Ready) -> PaperBatch:
    drawn = [
        Drawn(About(ABOUT, str(due.entrant.pk)), values_of(due), due.entrant.school_id)
        for due in ready
    ]
    batch = draw_up(doer, CODE, township, f"{year}年入学通知书", drawn)
    papers = {int(paper.about_key): paper for paper in batch.papers.defer("told_sealed")}
    Notice.objects.bulk_create(
        Notice(
            entrant=due.entrant,
            paper=papers[due.entrant.pk],
            register_on=due.day,
            register_at=due.occasion.place,
            register_hours=due.occasion.hours,
        )
        for due in ready
    )
    return batch


def hand_out_notices(doer: Doer, notice_ids: Iterable[int], day: date, received_by: str) -> int:
    """Record that the notices were handed over (发放); without a name, each to its guardian."""
    found = Notice.objects.visible_to(doer.viewer, doer.today, [Right.ISSUE_NOTICES])
    rows = found.filter(pk__in=list(notice_ids)).select_related("paper__unit", "entrant__child")
    notices = list(rows.prefetch_related("entrant__child__guardians").order_by("pk"))
    took: Mapping[int, str] = {
        one.paper_id: received_by.strip() or guardian_of(one.entrant) for one in notices
    }
    return hand_out(doer, [one.paper for one in notices], day, took)


def correct_notice(doer: Doer, notice: Notice, day: date, received_by: str, reason: str) -> Paper:
    """Enter anew when the notice was handed over and to whom, with the reason."""
    took = received_by.strip() or guardian_of(notice.entrant)
    if not took:
        raise Refused("没有登记监护人，请填写领取人。")
    return correct_handing(doer, notice.paper, day, took, reason)
