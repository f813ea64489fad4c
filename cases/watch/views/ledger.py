"""有辍学倾向（重点关注）学生台账 (L2): its page, its print and its workbook."""

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cases.watch.filters import EntryFilter, WarningFilter
from cases.watch.ledger import (
    SIGNED,
    TITLE,
    LedgerLine,
    entries_for,
    ledger_book,
    lines_of,
    whole,
)
from cases.watch.listing import scores_for
from cases.watch.models import Entry
from cases.watch.tables import ledger_table
from cases.watch.views.common import asked_with, crumbs, rows_of
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Right
from foundation.downloads import export_mark, workbook
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from students.roster.lists.export_forms import PurposeForm


@require_safe
@needs(Right.SEE_PUPILS)
def page(request: Request) -> HttpResponseBase:
    """Shows the ledger with the columns of L2, and how many warned children are not on it."""
    viewer, today = request.viewer, clock.today()
    chosen = _chosen(request)
    table = ledger_table(rows_of(chosen), viewer, today)
    context = {
        **list_context(request, table, chosen.filters, verb="list_watch"),
        "title": TITLE,
        "filter": chosen,
        "not_listed": rows_of(_not_listed(request)).count(),
        "query": request.GET.urlencode(),
        "may_export": viewer.has(Right.EXPORT_ROSTER),
        "unit": viewer.posts[0].unit_name,
        "signed": SIGNED,
        "crumbs": crumbs("重点关注台账"),
    }
    return show_list(request, "watch/ledger.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.EXPORT_ROSTER)
def book(request: Request) -> HttpResponse:
    """Asks for the purpose. The workbook has the rows and columns seen, every number masked."""
    rows = rows_of(_chosen(request))
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _file(
            request, list(whole(rows, request.viewer, clock.today())), form.cleaned_data["purpose"]
        )
    query = request.GET.urlencode()
    back = reverse("watch:ledger")
    context = {
        "heading": f"导出{TITLE}",
        "facts": [("行数", f"{rows.count()}人"), ("筛选", "按台账页面当前的筛选条件")],
        "effects": ["证件号、学籍号、电话均隐去中间位。", "名单连同用途记入日志，长期保存。"],
        "form": form,
        "action_label": "导出",
        "again": True,  # a download does not replace the page, so the form may be sent again
        "back_url": f"{back}?{query}" if query else back,
        "crumbs": crumbs("导出台账"),
    }
    return render(request, "roster/record.html", context, status=422 if form.errors else 200)


def _chosen(request: Request) -> EntryFilter:
    """The entries that the address selects. Without a choice, those that still stand."""
    viewer, today = request.viewer, clock.today()
    asked = asked_with(request, "state", "open")
    return EntryFilter(asked, entries_for(viewer, today), viewer=viewer, day=today)


def _not_listed(request: Request) -> WarningFilter:
    """The warned children without a case who do not stand on the ledger."""
    viewer, today = request.viewer, clock.today()
    asked = QueryDict("listed=no&case=no")
    return WarningFilter(asked, scores_for(viewer, today), viewer=viewer, day=today)


def _children(lines: list[LedgerLine]) -> list[int]:
    return [line.entry.child_id for line in lines]


def _file(request: Request, entries: list[Entry], purpose: str) -> HttpResponse:
    viewer, today = request.viewer, clock.today()
    post = viewer.posts_with(Right.EXPORT_ROSTER)[0]
    lines = lines_of(entries, viewer, today)
    origin = origin_of(request, post)
    row = audit.record(
        origin, "export_watch", "watchentry", children=_children(lines), reason=purpose
    )
    who = f"{viewer.name}（{post.unit_name} {post.role.label}）"
    mark = export_mark(who, clock.now(), purpose, row.pk)
    content = ledger_book(lines, post.unit_name, today, mark)
    return workbook(content, f"{post.unit_name}_重点关注学生台账_{today:%Y%m%d}.xlsx")
