"""操作记录: the list, the search of a child by its number, and one row with all its children."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.models import AuditEvent
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Right
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from foundation.pages.paging import page_of
from kongchuo.setup.audit.exporting import CODE, MOST, TITLE, TWO_FROM
from kongchuo.setup.audit.filters import USUAL, AuditFilter
from kongchuo.setup.audit.finding import child_with, children_of
from kongchuo.setup.audit.forms import ChildForm
from kongchuo.setup.audit.rows import RIGHTS, lines_of, names_of
from kongchuo.setup.audit.table import audit_table
from students.roster.lists.export_forms import PurposeForm
from students.roster.lists.views.books import BookOrder, order_book

LIST = "audit:list"
SEARCH, KIND = "search_audit", "audit"
FILTERS = ("who", "to", "what", "since", "until", "unit", "child", "export")


@dataclass(frozen=True, slots=True)
class ChosenEvents:
    """The rows that an address selects, its filters, and the child that it names.

    ``usual`` says that the address has no filter; ``asked`` are the filters with those days.
    """

    rows: QuerySet[AuditEvent]
    filter: AuditFilter
    child: int | None
    usual: bool
    asked: dict[str, str]


def chosen_events(request: Request) -> ChosenEvents:
    """The rows of the address; without any filter those of the last seven days.

    Raises Http404 for a child whom the viewer may not ask for.
    """
    asked: Any = request.GET
    usual = not any(asked.get(name) for name in FILTERS)
    if usual:
        asked = QueryDict(mutable=True)
        asked["since"] = f"{clock.today() - USUAL:%Y-%m-%d}"
    told = {name: str(asked[name]) for name in FILTERS if asked.get(name)}
    rows = AuditEvent.objects.visible_to(request.viewer)
    found = AuditFilter(asked, rows, viewer=request.viewer)
    if not found.is_valid():
        return ChosenEvents(rows.none(), found, None, usual, told)
    child = found.form.cleaned_data.get("child")
    if child and not children_of(request.viewer, clock.today()).filter(pk=int(child)).exists():
        raise Http404
    return ChosenEvents(found.qs, found, int(child) if child else None, usual, told)


@require_safe
@needs(*RIGHTS)
def events(request: Request) -> HttpResponseBase:
    """Lists what was done, the latest first. The search itself is a row of the audit."""
    viewer, today = request.viewer, clock.today()
    chosen = chosen_events(request)
    table = audit_table(chosen.rows, viewer, today, chosen.child)
    context = list_context(request, table, FILTERS)
    details = {"asked": chosen.asked}
    audit.record(origin_of(request), SEARCH, KIND, children=table.children, details=details)
    names = names_of([chosen.child], viewer, today) if chosen.child else {}
    more = {
        "filter": chosen.filter,
        "child": next((shown for shown, _ in names.values()), ""),
        "usual": chosen.usual,
        "whole": viewer.has(Right.SEE_AUDIT),
        "export_url": reverse("audit:export"),
    }
    return show_list(request, "audit/list.html", {**context, **more})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*RIGHTS)
def order(request: Request) -> HttpResponse:
    """Asks for the purpose. Fewer rows than take a second person are sent at once."""
    chosen = chosen_events(request)
    rows = chosen.rows.count()
    wanted = BookOrder(
        CODE,
        chosen.asked,
        rows,
        MOST,
        none="没有符合条件的记录，无需导出。请返回调整条件。",
        narrow="请缩小起止日期，分几次导出。",
    )
    return order_book(request, wanted, lambda form: _ask(request, form, chosen, rows))


def asked_words(chosen: ChosenEvents) -> str:
    """What the list was filtered by, in words; a child is named by no number."""
    told = []
    for name, value in chosen.asked.items():
        found = chosen.filter.filters.get(name)
        if found is None:  # a head has no filter of units
            continue
        labels = {str(key): label for key, label in found.extra.get("choices", ())}
        label = "学生" if name == "child" else str(found.label).partition("（")[0]
        told.append(f"{label}：{'一名学生' if name == 'child' else labels.get(value, value)}")
    return "；".join(told) or "没有，全部记录"


def _ask(request: Request, form: PurposeForm, chosen: ChosenEvents, rows: int) -> HttpResponse:
    query, back = request.GET.urlencode(), reverse(LIST)
    context = {
        "heading": f"导出{TITLE}",
        "facts": [("行数", f"{rows}条"), ("筛选", asked_words(chosen))],
        "effects": [
            "表上印有导出人、时间、用途和导出编号；姓名和页面上一样显示。",
            "这次导出连同用途也记入操作记录。",
            *(["文件马上下载到您的电脑，本页不变；要看导出记录，按“返回”。"] * (rows < TWO_FROM)),
            *(["满2000条的，须另一人在“导出复核”中同意后生成。"] * (rows >= TWO_FROM)),
        ],
        "form": form,
        "action_label": "导出",
        "again": True,  # a download does not replace the page, so the button works again
        "back_url": f"{back}?{query}" if query else back,
        "crumbs": _crumbs("导出"),
    }
    return render(request, "roster/record.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*RIGHTS)
def find(request: Request) -> HttpResponse:
    """Finds a child by its whole number, which is in no address, and leads to its rows."""
    form = ChildForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        child = child_with(form.cleaned_data["number"], request.viewer, clock.today())
        audit.record(origin_of(request), SEARCH, "child", children=[child] if child else [])
        if child:
            return redirect(f"{reverse(LIST)}?child={child}")
        form.add_error("number", "没有找到这个号码的学生。请核对号码；只在您可以查询的范围内查找。")
    context = {"form": form, "crumbs": _crumbs("按学生查询")}
    return render(request, "audit/find.html", context, status=422 if form.errors else 200)


@require_safe
@needs(*RIGHTS)
def event(request: Request, pk: int) -> HttpResponse:
    """One row with all its children, page by page."""
    viewer, today = request.viewer, clock.today()
    rows = AuditEvent.objects.visible_to(viewer).select_related("person", "post__unit")
    found = get_object_or_404(rows, pk=pk)
    page = page_of(request, found.children, usual=50)
    names = names_of(list(page), viewer, today)
    audit.record(origin_of(request), SEARCH, KIND, pk, children=list(page))
    context = {
        "line": lines_of([found], viewer, today)[0],
        "page_obj": page,
        "names": _named(page, names, whole=viewer.has(Right.SEE_AUDIT)),
        "crumbs": _crumbs("一条记录"),
    }
    return render(request, "audit/event.html", context)


def _named(page: Any, names: Any, *, whole: bool) -> list[tuple[int | None, str]]:
    """The children's names; the key where the viewer may ask for all that was done for the child.

    A head may ask for the children whose names he reads.
    """
    found = ((child, *names[child]) for child in page if child in names)
    return [(child if whole or not hidden else None, shown) for child, shown, hidden in found]


def _crumbs(here: str) -> list[dict[str, str]]:
    return [{"label": "操作记录", "url": reverse(LIST)}, {"label": here, "url": ""}]
