"""What every page of a list shows: a page of its rows or all of them, totals, columns, views."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from foundation.accounts import audit
from foundation.accounts.requests import Request, origin_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.lists.heads import Head, heads_of
from foundation.lists.models import SavedView
from foundation.lists.printing import PrintPart, asked_part, is_whole_print, parts_of
from foundation.lists.shared import PLACES, same_view, told_by
from foundation.lists.table import ListTable, paged, sorted_by
from foundation.prepared import prepared

_NOT_KEPT = ("page", "per_page", "print")  # of the address, by a saved view and 打印全部


@dataclass(frozen=True, slots=True)
class OfferedView:
    """A view over a list: of the role, the person's own, or shared by ``owner``."""

    label: str
    url: str
    is_current: bool
    owner: str = ""


@dataclass(frozen=True, slots=True)
class BulkAct:
    """What may be done to selected rows: the words of its button, and where the keys are sent."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list as its page shows it (templates/tables/).

    ``query`` is the address without page and size: filters, order and columns; ``columns`` are the
    columns that it names. ``parts`` are the documents in which the whole list is printed, ``part``
    the one that is shown, if any. ``unit`` heads the paper.
    """

    total: int
    prints_all: bool
    parts: list[PrintPart]
    part: PrintPart | None
    is_filtered: bool
    query: str
    columns: list[str]
    path: str
    unit: str
    shared: list[OfferedView]
    own: list[OfferedView]
    others: list[OfferedView]
    heads: list[Head]
    bulk: tuple[BulkAct, ...] = field(default=())


def list_context(
    request: Request,
    table: ListTable,
    filters: Collection[str],
    *,
    verb: str = "",
    kind: str = "child",
    bulk: tuple[BulkAct, ...] = (),
    ticks: bool = False,
) -> dict[str, Any]:
    """Page, sort and choose columns by the address; record the children that are read.

    Returns the context ``table`` and ``list``. ``filters`` are the names of the list's filters in
    the address. Without a ``verb`` nothing is recorded: the rows tell of no child. ``ticks`` lets
    rows be selected for a form of the page's own (``id="bulk"``). Raises OverLimit after too many
    lists (foundation/accounts/limits).
    """
    own, others = _views_kept(request, table.code)
    prints_all, part = _arranged(table, request, own, ticks=ticks or bool(bulk))
    if verb:
        audit.record(origin_of(request), verb, kind, children=table.children)
    total, query = len(table.data), kept_query(request.GET)
    shown = ShownList(
        total=total,
        prints_all=prints_all,
        parts=parts_of(total),
        part=part,
        is_filtered=any(request.GET.get(name) for name in filters),
        query=query,
        columns=request.GET.getlist("cols"),
        path=request.path,
        unit="、".join(dict.fromkeys(post.unit_name for post in request.viewer.posts)),
        shared=_shared(table.code, request.viewer, query),
        own=_own(table.code, own, query),
        others=_own(table.code, others, query),
        heads=heads_of(table, request.GET, sorts=not prints_all),
        bulk=bulk if table.has_ticks else (),
    )
    return {"table": table, "list": shown}


def _arranged(
    table: ListTable, request: Request, own: list[SavedView], *, ticks: bool
) -> tuple[bool, PrintPart | None]:
    """Columns, order and page by the address; whether the whole list is printed, and its part."""
    table.choose(request.GET.getlist("cols") or _usual_columns(own))
    sorted_by(table, request)
    prints_all, part = _part_of(table, request)
    table.has_ticks = ticks and part is None and table.has_picks
    return prints_all, part


def _part_of(table: ListTable, request: Request) -> tuple[bool, PrintPart | None]:
    """Whether the whole list is printed, and its part; otherwise the page is chosen."""
    if is_whole_print(request):
        return True, _pinned(table, request)
    paged(table, request)
    return False, None


def _views_kept(request: Request, code: str) -> tuple[list[SavedView], list[SavedView]]:
    """The reader's own views of the list, and those that colleagues share."""
    viewer = request.viewer
    if viewer.person_id is None:
        return [], []
    posts: dict[str, Any] = {f"role{n}": post.role_code for n, post in enumerate(viewer.posts)}
    posts |= {f"unit{n}": post.unit_id for n, post in enumerate(viewer.posts)}
    kept = _offered(
        len(viewer.posts), person=viewer.person_id, day=viewer.day or date.min, page=code, **posts
    )
    own = [one for one in kept if one.person_id == viewer.person_id]
    return own, [one for one in kept if one not in own]


@prepared
def _offered(count: int, *, person: Any, day: Any, page: Any, **posts: Any) -> QuerySet[SavedView]:
    held = ((posts[f"role{n}"], posts[f"unit{n}"]) for n in range(count))
    rows: QuerySet[SavedView] = SavedView.objects.offered(person, day, held).filter(page=page)
    return rows


def _pinned(table: ListTable, request: Request) -> PrintPart:
    part = asked_part(request, len(table.data))
    table.pin(part.first, part.last)
    return part


def kept_query(asked: QueryDict) -> str:
    """The address's filters, order and columns, for 打印全部, 导出 and saved views."""
    kept = asked.copy()
    for name in _NOT_KEPT:
        kept.pop(name, None)
    return str(kept.urlencode())


def _usual_columns(kept: list[SavedView]) -> list[str]:
    for view in kept:
        if not view.name:
            return QueryDict(view.query).getlist("cols")
    return []


def _shared(code: str, viewer: Viewer, query: str) -> list[OfferedView]:
    """The views of the list for the viewer's roles."""
    place, asked = PLACES[code], told_by(query)
    found: dict[str, OfferedView] = {}
    for view in place.views:
        if view.shows(viewer) and (url := place.url_of(view, query)) not in found:
            is_current = not view.url_name and told_by(place.query_of(view, query)) == asked
            found[url] = OfferedView(view.label, url, is_current)
    return list(found.values())


def _own(code: str, kept: list[SavedView], query: str) -> list[OfferedView]:
    place = PLACES[code]
    return [
        OfferedView(
            view.name, place.url(view.query), same_view(view.query, query), view.person.name
        )
        for view in kept
        if view.name
    ]


def goes_of(viewer: Viewer) -> dict[str, str]:
    """Where the keys G H, G Q and G R lead (ux 5.3), for whom these pages open."""
    found = {"h": reverse("home")}
    if viewer.has(Right.SEE_CASES):
        found["q"] = reverse("duties")
    if viewer.has(Right.BUILD_RETURNS) or viewer.has(Right.SEE_FIGURES):
        found["r"] = reverse("returns:index")
    return found
