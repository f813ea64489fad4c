"""文书台账 (L11): every number, where it stands, when it was served and performed."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Right
from foundation.downloads import export_mark, workbook
from foundation.lists.filters import selected
from foundation.lists.page import BulkAct, list_context
from foundation.lists.printing import show_list
from foundation.papers.book import ledger_book
from foundation.papers.filters import PaperFilter
from foundation.papers.models import Paper
from foundation.papers.tables import ledger_table, with_people
from foundation.papers.views.common import to_sign

MOST_EXPORTED = 20_000


@require_safe
@needs(Right.SEE_PAPERS)
def ledger(request: Request) -> HttpResponseBase:
    """The papers of one's units; a county sees all of them. Names stand on none of its rows."""
    chosen, rows = filtered(request)
    table = ledger_table(rows, clock.today(), reads=request.viewer.has(Right.SEE_NAMES))
    handles = request.viewer.has(Right.DRAFT_PAPERS) or request.viewer.has(Right.SIGN_PAPERS)
    bulk = (BulkAct("打印勾选的文书", reverse("papers:bundle_preview")),) if handles else ()
    signs = request.viewer.has(Right.SIGN_PAPERS)
    waiting = to_sign(request)
    context = {
        **list_context(request, table, chosen.filters, verb="list_papers", bulk=bulk),
        "filter": chosen,
        "may_set": request.viewer.has(Right.SET_PAPER_TEXTS),
        "waiting": waiting.count() if signs else None,
        "receives": request.viewer.has(Right.RECEIVE_REPORT),
    }
    return show_list(request, "papers/ledger.html", context)


@require_safe
@needs(Right.SEE_PAPERS)
def export(request: Request) -> HttpResponse:
    """The ledger as a workbook, with the filters of the page."""
    _, rows = filtered(request)
    papers = list(with_people(rows[:MOST_EXPORTED]))
    event = audit.record(
        origin_of(request), "export_papers", "paper", details={"rows": len(papers)}
    )
    unit, today = request.viewer.posts[0].unit_name, clock.today()
    mark = export_mark(request.viewer.name, clock.now(), "文书台账", event.pk)
    return workbook(ledger_book(papers, unit, today, mark), f"{unit}_文书台账_{today:%Y%m%d}.xlsx")


def filtered(request: Request) -> tuple[PaperFilter, Any]:
    """The filters of the address, and the papers that they select, the newest first."""
    chosen = PaperFilter(request.GET or None, Paper.objects.visible_to(request.viewer))
    return chosen, selected(chosen).order_by("-pk")
