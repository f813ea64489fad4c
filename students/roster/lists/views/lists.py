"""What the pages of lists share: filtered rows, the table, the breadcrumb, the audit row."""

from typing import Any

from django.urls import reverse

from foundation import clock
from foundation.accounts.requests import Request
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.lists.page import list_context
from students.roster.lists.columns import Listing, Reader
from students.roster.lists.exporting import choose
from students.roster.lists.known import known_pupils
from students.roster.lists.tables import roster_table

# Listing → URL names of its page and of its export.
PAGES = {
    "pupils": ("roster:pupils", "roster:export_pupils"),
    "leavers": ("roster:leavers", "roster:export_leavers"),
    "groups": ("roster:groups", "roster:export_groups"),
    "left_behind": ("roster:left_behind", "roster:export_left_behind"),
}


def roster_context(request: Request, listing: Listing, *, verb: str) -> dict[str, Any]:
    """Return the context of a page of the roster: a page of rows, or 打印全部."""
    today = clock.today()
    chosen = choose(listing, request.viewer, today, request.GET)
    absent = () if chosen.filter.has_many_schools else ("school",)
    reader, known = Reader(request.viewer, today), known_pupils(chosen, request.viewer)
    table = roster_table(lambda: chosen.rows, listing, reader, known, absent=absent)
    return {
        **list_context(request, table, chosen.filter.filters, verb=verb),
        "filter": chosen.filter,
        "export_url": _export_url(request, listing),
    }


def list_crumb(viewer: Viewer | None = None) -> dict[str, str]:
    """Return the first breadcrumb of every page of the roster.

    A ``viewer`` who may not open the list, as an auditor who takes the audit out, gets no link.
    """
    is_closed = viewer is not None and not viewer.has(Right.SEE_PUPILS)
    return {"label": "学生名册", "url": "" if is_closed else reverse("roster:pupils")}


def _export_url(request: Request, listing: Listing) -> str:
    if listing.code not in PAGES or not request.viewer.has(Right.EXPORT_ROSTER):
        return ""
    return reverse(PAGES[listing.code][1])
