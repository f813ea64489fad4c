"""What every change of a county's calendar asks for: the right, the paper, the reason."""

from dataclasses import dataclass
from typing import Any

from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.models import Unit
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from students.calendars.models import CalendarChange, CalendarChangeKind


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a calendar is changed: the paper with its number (文号), and the reason in words."""

    source_document: str
    reason: str


def require_right(viewer: Viewer, county: Unit) -> None:
    """Raises PermissionDenied for who may not manage the county's calendar."""
    post_with(viewer, Right.MANAGE_CALENDAR, fits=lambda post: post.county_id == county.pk)


def note_change(
    doer: Doer,
    county: Unit,
    what: tuple[CalendarChangeKind, int],
    grounds: Grounds,
    before: list[Any],
    after: list[Any],
) -> CalendarChange:
    """Write the row of a change. ``what`` is its kind and its year. Raises Refused, in Chinese."""
    paper, reason = grounds.source_document.strip(), grounds.reason.strip()
    if not paper:
        raise Refused("请填写来源文件和文号。")
    if not reason:
        raise Refused("请填写原因。")
    assert doer.viewer.person_id is not None  # whoever has the right has signed in
    kind, year = what
    return CalendarChange.objects.create(
        county=county,
        kind=kind,
        year=year,
        before=before,
        after=after,
        source_document=paper,
        reason=reason,
        recorded_by_id=doer.viewer.person_id,
        recorded_at=doer.now,
    )
