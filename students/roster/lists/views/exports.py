"""Exporting a list: the form for the purpose, then the file. A large file is kept for a day."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.door.fresh import ask_again
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.downloads import workbook
from students.roster.lists import exporting
from students.roster.lists.actions import (
    AT_ONCE,
    NEEDS_TWO_FROM,
    ExportOrder,
    hand_out,
    note_export,
    order_export,
)
from students.roster.lists.books import noun_of, title_of
from students.roster.lists.columns import LISTINGS, Listing
from students.roster.lists.export_forms import ExportForm
from students.roster.lists.views.lists import PAGES, list_crumb
from students.roster.models import RosterExport

TWO = "含完整证件号且满200人的，须由本单位或县教育局的另一人确认。"
KEPT = "export_before_password"  # in the session
_FORM = require_http_methods(["GET", "HEAD", "POST"])


@_FORM
@needs(Right.EXPORT_ROSTER)
def order(request: Request, listing: str) -> HttpResponse:
    """Ask for the purpose. Up to 2,000 rows are sent at once, more are written by a job."""
    kind = LISTINGS[listing]
    if not request.viewer.has(kind.right):
        raise PermissionDenied
    today, asked = clock.today(), _asked(request)
    chosen = exporting.choose(kind, request.viewer, today, asked, right=Right.EXPORT_ROSTER)
    rows = chosen.rows.count()
    if request.method != "POST":
        return _page(request, kind, ExportForm(initial=kept_typed(request)), rows)
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _page(request, kind, form, rows)
    if not rows:
        form.add_error(None, "没有符合条件的学生，无需导出。请返回名册调整筛选条件。")
        return _page(request, kind, form, rows)
    data = form.cleaned_data
    keep_typed(request, data)
    ask_again(request)  # the order goes on after it
    kept_typed(request)
    wanted = ExportOrder(listing, kind.title, asked, data["purpose"], data["with_numbers"], rows)
    doer = doer_of(request)
    export = order_export(doer, wanted)
    if export.needs_second:
        return redirect("roster:export", pk=export.pk)
    if export.job:
        return redirect("job", pk=export.job.pk)
    content, children = exporting.write(export, doer.viewer, today)
    note_export(doer.origin, export, children)
    return _file(export, content)


@_FORM
@needs(Right.EXPORT_ROSTER, Right.SEE_AUDIT, Right.SEE_UNIT_AUDIT)
def kept(request: Request, pk: int) -> HttpResponse:
    """The page of a large file that a job wrote; POST downloads it."""
    export = get_object_or_404(RosterExport.objects.visible_to(request.viewer), pk=pk)
    refusal = ""
    if request.method == "POST":
        ask_again(request)
        try:
            content = hand_out(doer_of(request), export.pk)
        except Refused as refused:
            refusal = str(refused)
        else:
            return _file(export, content)
    crumbs = [list_crumb(request.viewer), {"label": "导出文件", "url": ""}]
    context = {
        "export": export,
        "title": title_of(export.listing),
        "noun": noun_of(export.listing),
        "left": export.MAX_DOWNLOADS - export.downloads,
        "is_open": export.is_open_at(clock.now()),
        "decision": getattr(export, "decision", None),
        "refusal": refusal,
        "crumbs": crumbs,
    }
    return render(request, "roster/export.html", context, status=422 if refusal else 200)


def keep_typed(request: Request, typed: dict[str, Any]) -> None:
    """Keep what was typed while the password is asked for: a filtered list comes back empty."""
    request.session[KEPT] = {"path": request.get_full_path(), "typed": typed}


def kept_typed(request: Request) -> dict[str, Any]:
    """What was typed before the password was asked for, once and on the same page."""
    kept = request.session.pop(KEPT, None)
    if not kept or kept["path"] != request.get_full_path():
        return {}
    if request.method == "GET":
        messages.info(request, "密码已确认，用途和勾选都保留着，请再按一次「导出」。")
    typed: dict[str, Any] = kept["typed"]
    return typed


def _asked(request: Request) -> dict[str, str]:
    """Return the filters and the order from the address, without the form's own fields."""
    return {key: str(value) for key, value in request.GET.items() if value and key != "page"}


def _page(request: Request, kind: Listing, form: ExportForm, rows: int) -> HttpResponse:
    query = request.GET.urlencode()
    back = reverse(PAGES[kind.code][0])
    context: dict[str, Any] = {
        "heading": f"导出{kind.title}",
        "facts": [
            ("名册", kind.title),
            ("行数", f"{rows}人"),
            ("筛选", "按名册页面当前的筛选条件和排序" if query else "全部在您可以导出范围内的学生"),
        ],
        "effects": [
            "表上印有导出人、时间、用途和导出编号。",
            "名单连同用途记入日志，长期保存。",
            *(
                ["含完整证件号且满200人的，须由本单位或县教育局的另一人确认。"]
                * (rows >= NEEDS_TWO_FROM)
            ),
            *(["人数较多，将在后台生成，生成后24小时内可下载。"] if rows > AT_ONCE else []),
        ],
        "form": form,
        "action_label": "导出",
        "again": True,  # a download does not replace the page, so the button works again
        "back_url": f"{back}?{query}" if query else back,
        "crumbs": [list_crumb(request.viewer), {"label": "导出", "url": ""}],
    }
    status = 422 if form.errors else 200
    return render(request, "roster/record.html", context, status=status)


def _file(export: RosterExport, content: bytes) -> HttpResponse:
    return workbook(content, export.file_name)
