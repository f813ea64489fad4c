"""What the pages of lists share: filtered rows, the table, the breadcrumb, the audit row."""

from typing import Any

from django.urls import reverse

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import Request, origin_of
from foundation.accounts.roles import Right
from students.roster.lists.columns import Listing, Reader
from students.roster.lists.exporting import choose
from students.roster.lists.tables import ListTable, paged

PRINT_MOST = 1_000  # rows of one 打印全部; further rows are on the next page

# Listing → URL names of its page and of its export.
PAGES = {
    "pupils": ("roster:pupils", "roster:export_pupils"),
    "leavers": ("roster:leavers", "roster:export_leavers"),
    "groups": ("roster:groups", "roster:export_groups"),
    "left_behind": ("roster:left_behind", "roster:export_left_behind"),
}


def list_context(request: Request, listing: Listing, *, verb: str) -> dict[str, Any]:
    """Return the context of roster/_list.html: a page of rows, or up to PRINT_MOST for 打印全部."""
    today, asked = clock.today(), request.GET
    chosen = choose(listing, request.viewer, today, asked)
    reader = Reader(request.viewer, today)
    table = ListTable(chosen.rows, listing=listing, reader=reader)
    if not chosen.filter.has_many_schools:
        table.columns.hide("school")
    prints_all = asked.get("print") == "all"
    paged(table, request, PRINT_MOST if prints_all else 0)
    total = table.paginator.count
    shown = len(note_rows(request, table, verb))
    return {
        "filter": chosen.filter,
        "table": table,
        "listing": listing,
        "total": total,
        "prints_all": prints_all,
        "left_out": total - shown if prints_all else 0,
        "is_filtered": any(value for key, value in asked.items() if key in chosen.filter.filters),
        "query": _query(request),
        "export_url": _export_url(request, listing),
    }


def note_rows(request: Request, table: Any, verb: str) -> list[int]:
    """Write one audit row with the children on the page; returns their ids."""
    ids = [row.record.child_id for row in table.paginated_rows]
    audit.record(origin_of(request), verb, "child", children=ids)
    return ids


def list_crumb() -> dict[str, str]:
    """Return the first breadcrumb of every page of the roster."""
    return {"label": "学生名册", "url": reverse("roster:pupils")}


def _query(request: Request) -> str:
    """Return the filters of the address without the page number, for 打印全部 and 导出."""
    kept = request.GET.copy()
    for name in ("page", "per_page", "print"):
        kept.pop(name, None)
    return str(kept.urlencode())


def _export_url(request: Request, listing: Listing) -> str:
    if listing.code not in PAGES or not request.viewer.has(Right.EXPORT_ROSTER):
        return ""
    return reverse(PAGES[listing.code][1])
