"""Exports of many full numbers: one person orders, another of the unit or county agrees (S25)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.querysets import viewer_on
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost
from foundation.rows import unless_taken
from students.roster.lists.actions import KEPT, start_job
from students.roster.lists.books import rights_of
from students.roster.models import ExportDecision, RosterExport

OWN = "这项导出由您申请，须由本单位或县教育局的另一人确认。"
NOT_YOURS = "只有申请人可以撤回。"
DECIDED = "这项导出已经办理。"
LEFT = "申请人现在没有导出的权限，不能确认。"
LAPSED = "这项申请超过24小时没有确认，已经失效，请申请人重新导出。"


@transaction.atomic
def agree(doer: Doer, export: RosterExport) -> None:
    """Let the list be written for who ordered it. Raises Refused for that person."""
    todo = _second(doer, export)
    viewer = viewer_on(export.person, doer.today)
    held = next(
        (p for p in viewer.posts_with(*rights_of(export.listing)) if p.id == export.post_id), None
    )
    if held is None:
        raise Refused(LEFT)
    _decide(todo, export, ExportDecision.AGREED)
    export.expires_at = doer.now + KEPT
    start_job(export, viewer, held)
    export.save(update_fields=["expires_at", "job"])


@transaction.atomic
def refuse(doer: Doer, export: RosterExport) -> None:
    """Do not agree, with a reason."""
    _decide(_second(doer, export), export, ExportDecision.REFUSED)


@transaction.atomic
def withdraw(doer: Doer, export: RosterExport) -> None:
    """Take one's own order back while nobody has decided it. Raises Refused for another's."""
    if doer.viewer.person_id != export.person_id:
        raise Refused(NOT_YOURS)
    held = next(iter(doer.viewer.posts_with(*rights_of(export.listing))), None)
    _decide(doer.under(held), export, ExportDecision.WITHDRAWN)


def _second(doer: Doer, export: RosterExport) -> Doer:
    """Who decides: another person who exports or confirms the unit's lists. Raises Refused."""
    if doer.viewer.person_id == export.person_id:
        raise Refused(OWN)
    if not export.is_open_at(doer.now):
        raise Refused(LAPSED)
    return doer.under(_post_beside(doer, export))


def _post_beside(doer: Doer, export: RosterExport) -> HeldPost:
    for post in doer.viewer.posts_with(Right.EXPORT_ROSTER, Right.CONFIRM_EXPORTS):
        if export.post.unit_id == post.unit_id or export.post.unit.county_id == post.unit_id:
            return post
    raise PermissionDenied


def _decide(doer: Doer, export: RosterExport, outcome: str) -> None:
    with unless_taken() as taken:
        ExportDecision.objects.create(
            export=export,
            outcome=outcome,
            decided_by_id=doer.post.id,
            decided_at=doer.now,
            reason=doer.reason,
        )
    if taken:
        raise Refused(DECIDED)
    audit.record(doer.origin, f"export_{outcome}", "roster_export", export.pk, reason=doer.reason)
