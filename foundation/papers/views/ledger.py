"""文书台账 (L11): every number, where it stands, when it was served and performed."""

from datetime import date
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.accounts.requests import Request, needs
from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import Viewer
from foundation.lists.filters import selected
from foundation.lists.page import BulkAct, list_context
from foundation.lists.printing import show_list
from foundation.papers.filters import PaperFilter
from foundation.papers.kinds import PaperKind, kinds_on
from foundation.papers.models import Paper
from foundation.papers.tables import ledger_table
from foundation.papers.views.common import lists_to_sign, to_sign


@require_safe
@needs(Right.SEE_PAPERS)
def ledger(request: Request) -> HttpResponseBase:
    """The papers of one's units; a county sees all of them. Names are masked for who reads none."""
    chosen, rows = filtered(request)
    table = ledger_table(rows, request.viewer, clock.today())
    handles = request.viewer.has(Right.DRAFT_PAPERS) or request.viewer.has(Right.SIGN_PAPERS)
    bulk = (BulkAct("打印勾选的文书", reverse("papers:bundle_preview")),) if handles else ()
    signs = request.viewer.has(Right.SIGN_PAPERS)
    waits = to_sign(request).count() + lists_to_sign(request).count() if signs else None
    context = {
        **list_context(request, table, chosen.filters, verb="list_papers", bulk=bulk),
        "filter": chosen,
        "export_url": reverse("export_papers"),
        "may_set": request.viewer.has(Right.SET_PAPER_TEXTS),
        "waiting": waits,
        "receives": request.viewer.has(Right.RECEIVE_REPORT),
        "begins": _begins(request),
    }
    return show_list(request, "papers/ledger.html", context)


def filtered(request: Request) -> tuple[PaperFilter, Any]:
    """The filters of the address, and the papers that they select, the newest first."""
    today = clock.today()
    papers = Paper.objects.visible_to(request.viewer)
    kinds = _kinds_of(request.viewer, today)
    chosen = PaperFilter(request.GET or None, papers, today, kinds)
    return chosen, selected(chosen).order_by("-pk")


def _kinds_of(viewer: Viewer, today: date) -> list[PaperKind]:
    """The kinds that may stand in the viewer's ledger: those of his units, or of a whole county."""
    kinds = kinds_on(viewer.posts[0].county_id, today)
    posts = viewer.posts_with(Right.SEE_PAPERS)
    if any(post.role.cases is Reach.COUNTY for post in posts):
        return kinds
    own = {post.unit_kind for post in posts}
    return [one for one in kinds if not own.isdisjoint(one.unit_kinds)]


def _begins(request: Request) -> list[tuple[str, str]]:
    """Title and address of the kinds that the viewer drafts on a page of their own."""
    viewer = request.viewer
    roles = {post.role_code for post in viewer.posts_with(Right.DRAFT_PAPERS)}
    kinds = kinds_on(viewer.posts[0].county_id, clock.today())
    return [
        (kind.title, reverse(kind.begins_at))
        for kind in kinds
        if kind.begins_at and not roles.isdisjoint(kind.drafters)
    ]
