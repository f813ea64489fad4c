"""The leave slips of the demo: each guardian who asks for leave signs on the first day."""

from collections.abc import Iterable
from datetime import date, datetime

from foundation.accounts.models import Post
from foundation.protected import sealed
from students.attendance.models import LeaveSlip
from students.attendance.rolls.entries import Mark
from students.attendance.rules.kinds import SLIP_KINDS

_REASONS = {"sick": "感冒发烧，在家休息", "personal": "家中有事"}
Leave = tuple[Mark, Post, datetime]


def bring_slips(leaves: Iterable[Leave], day: date) -> None:
    """A slip for each leave that begins on ``day``; a continued leave has its slip already."""
    new = [leave for leave in leaves if leave[0].kind in SLIP_KINDS]
    if not new:
        return
    children = [mark.child_id for mark, _, _ in new]
    rows = LeaveSlip.objects.standing().between(day, day).filter(child_id__in=children)
    have = set(rows.values_list("child_id", flat=True))
    LeaveSlip.objects.bulk_create(
        LeaveSlip(
            child_id=mark.child_id,
            kind=mark.kind,
            first_day=day,
            last_day=mark.leave_until or day,
            taken_by=post,
            recorded_at=now,
            **sealed(reason=_REASONS[mark.kind]),
        )
        for mark, post, now in new
        if mark.child_id not in have
    )
