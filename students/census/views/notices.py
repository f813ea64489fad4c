"""The pages of notices (B15): register, draw up, print, hand out, export."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.downloads import workbook
from foundation.lists.filters import selected
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from foundation.lists.selection import picked
from foundation.papers.views.bundles import preview_of
from students.census import actions
from students.census.filters import EntrantFilter, NoticeFilter
from students.census.forms import HandedForm, ServeForm
from students.census.models import Notice
from students.census.notices.facts import plan_notices
from students.census.notices.table import notice_table, taken_by, with_entrants
from students.census.querysets import ENTRY_RIGHTS
from students.census.views.common import asked_year, crumbs, entrants_of
from students.census.workbook import register_workbook


@require_safe
@needs(*ENTRY_RIGHTS)
def register(request: Request) -> HttpResponseBase:
    """Every notice of the year, void ones too."""
    today = clock.today()
    year = asked_year(request, today)
    chosen, rows = _filtered(request, year)
    may_issue = request.viewer.has(Right.ISSUE_NOTICES)
    table = notice_table(rows, request.viewer, may_issue=may_issue)
    context = {
        **list_context(request, table, chosen.filters, verb="list_notices", ticks=may_issue),
        "filter": chosen,
        "year": year,
        "may_issue": may_issue,
        "serve_form": ServeForm(initial={"day": today}),
        "crumbs": crumbs("通知书登记册"),
    }
    return show_list(request, "census/notices.html", context)


@require_POST
@needs(Right.ISSUE_NOTICES)
def issue(request: Request) -> HttpResponse:
    """Shows who would get a notice and who not; then draws them up and names those without one."""
    ids = _asked(request)
    if not ids:
        messages.warning(request, "没有选中学生，请先勾选或选择全部筛选结果。")
        return redirect("census:entrants")
    if "confirmed" not in request.POST:
        return _preview(request, ids)
    try:
        drawn = actions.draw_up_notices(doer_of(request), ids)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("census:entrants")
    context = {
        "drawn": drawn,
        "skipped": [
            (request.viewer.name_of(entrant.child.name, entrant.child_id), words)
            for entrant, words in drawn.skipped
        ],
        "crumbs": crumbs("拟入学通知书"),
    }
    return render(request, "census/issued.html", context)


def _preview(request: Request, ids: list[int]) -> HttpResponse:
    plan = plan_notices(request.viewer, ids, clock.today())
    found = [*(due.entrant for due in plan.ready), *(entrant for entrant, _ in plan.skipped)]
    children = [entrant.child_id for entrant in found]
    audit.record(origin_of(request), "preview_notices", "child", children=children)
    context = {
        "found": len(found),
        "ready": len(plan.ready),
        "reasons": _reasons(words for _, words in plan.skipped),
        "signers": list(dict.fromkeys(str(due.entrant.township) for due in plan.ready)),
        "keys": ",".join(str(entrant.pk) for entrant in found),
        "crumbs": crumbs("拟入学通知书"),
    }
    return render(request, "census/issue.html", context)


def _reasons(words: Any) -> list[tuple[str, int]]:
    """Each reason, and how many children it leaves out; numbers of notices are one reason."""
    told = ("已有通知书" if one.startswith("已发") else one for one in words)
    return Counter(told).most_common()


def _asked(request: Request) -> list[int]:
    """The ticked entrants, or all that the list's filter shows: the address is the list's."""
    today = clock.today()

    def everybody() -> list[int]:
        year = asked_year(request, today)
        rows = entrants_of(request, year, today, [Right.ISSUE_NOTICES])
        chosen = EntrantFilter(request.GET or None, rows, today=today)
        return list(selected(chosen).values_list("pk", flat=True))

    return picked(request.POST, everybody)


@require_POST
@needs(Right.ISSUE_NOTICES)
def print_notices(request: Request) -> HttpResponse:
    """The ticked notices, or all that the register shows, on their way to one PDF or the page."""
    ids = picked(request.POST, lambda: _numbered(request))
    found = Notice.objects.visible_to(request.viewer, clock.today(), [Right.ISSUE_NOTICES])
    papers = found.filter(pk__in=ids).values_list("paper_id", flat=True)
    return preview_of(request, list(papers))


def _numbered(request: Request) -> list[int]:
    rows = _filtered(request, asked_year(request, clock.today()))[1]
    return list(rows.exclude(paper__number="").values_list("pk", flat=True))


@require_POST
@needs(Right.ISSUE_NOTICES)
def serve(request: Request) -> HttpResponse:
    """Record that the ticked notices were handed out."""
    form, ids = ServeForm(request.POST), picked(request.POST)
    if not form.is_valid() or not ids:
        errors = [str(words) for found in form.errors.values() for words in found]
        messages.error(request, "".join(errors) or "没有选中通知书，请先勾选。")
        return redirect("census:notices")
    data = form.cleaned_data
    try:
        count = actions.hand_out_notices(
            doer_of(request), ids, data["day"], data["received_by"].strip()
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已登记发放{count}份。")
    return redirect("census:notices")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ISSUE_NOTICES)
def handed(request: Request, pk: int) -> HttpResponse:
    """When one notice was handed out and who took it; later the correction, with the reason."""
    rows = Notice.objects.visible_to(request.viewer, clock.today(), [Right.ISSUE_NOTICES])
    notice = get_object_or_404(with_entrants(rows), pk=pk)
    paper, child = notice.paper, notice.entrant.child
    initial = {"day": paper.served_on or clock.today(), "received_by": taken_by(notice)}
    corrects = paper.served_on is not None
    form = HandedForm(request.POST or None, initial=initial, asks=corrects)
    if request.method == "POST" and form.is_valid():
        try:
            _hand(request, notice, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{paper.number}已{_label(corrects)}。")
            return redirect("census:notices")
    audit.record(origin_of(request), "open_form", "notice", pk, children=[child.pk])
    name = request.viewer.name_of(child.name, child.pk)
    context = {
        "heading": f"{_label(corrects)}：{paper.number or paper.title}",
        "facts": [("文号", paper.number or "未编号"), ("姓名", name)],
        "form": form,
        "action_label": _label(corrects),
        "back_url": reverse("census:notices"),
        "crumbs": crumbs(_label(corrects)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "parts/confirm.html", context, status=status)


def _label(corrects: bool) -> str:
    return "更正发放" if corrects else "登记发放"


def _hand(request: Request, notice: Notice, data: dict[str, Any]) -> None:
    doer, day, took = doer_of(request), data["day"], data["received_by"]
    if "reason" in data:
        actions.correct_notice(doer, notice, day, took, data["reason"])
    else:
        actions.hand_out_notices(doer, [notice.pk], day, took)


@require_safe
@needs(*ENTRY_RIGHTS)
def download(request: Request) -> HttpResponse:
    """The register as a workbook, with the filters of the page; it holds what has a number."""
    today = clock.today()
    year = asked_year(request, today)
    rows = list(with_entrants(_filtered(request, year)[1].exclude(paper__number="")))
    children = [notice.entrant.child_id for notice in rows]
    audit.record(origin_of(request), "export_notices", "notice", children=children)
    unit = request.viewer.posts[0].unit_name
    content = register_workbook(rows, year, unit, today, request.viewer.name_of)
    return workbook(content, f"{unit}_入学通知书登记册_{year}年_{today:%Y%m%d}.xlsx")


def _filtered(request: Request, year: int) -> tuple[NoticeFilter, Any]:
    """The filters of the address, and the year's notices that they select."""
    within = Notice.objects.visible_to(request.viewer, clock.today()).registered()
    rows = within.filter(entrant__school_year=year)
    chosen = NoticeFilter(request.GET or None, rows)
    return chosen, selected(chosen)
