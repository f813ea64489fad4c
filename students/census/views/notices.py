"""The pages of notices (B15): register, issue, print, serve, void, export."""

from collections.abc import Iterable
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
from students.census import actions, papers
from students.census.filters import EntrantFilter, NoticeFilter
from students.census.forms import ServeForm, WhyForm
from students.census.models import Notice
from students.census.notice_table import notice_table, with_entrants
from students.census.querysets import ENTRY_RIGHTS
from students.census.views.common import asked_year, crumbs, entrants_of
from students.census.workbook import register_workbook

MOST_PAPERS = 300


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
    """Shows who would get a notice and who not; then issues and names those without one."""
    today = clock.today()
    ids = _asked(request)
    if not ids:
        messages.warning(request, "没有选中学生，请先勾选或选择全部筛选结果。")
        return redirect("census:entrants")
    if "confirmed" not in request.POST:
        rows = entrants_of(request, asked_year(request, today), today, [Right.ISSUE_NOTICES])
        found = list(rows.filter(pk__in=ids).select_related("child"))
        children = [entrant.child_id for entrant in found]
        audit.record(origin_of(request), "preview_notices", "child", children=children)
        ready = [e for e in found if not e.notice_no and not e.arrived_on and not e.is_excused]
        keys = ",".join(str(entrant.pk) for entrant in found)
        told = {"found": len(found), "ready": len(ready), "keys": keys}
        context = {**told, "crumbs": crumbs("签发通知书")}
        return render(request, "census/issue.html", context)
    issued = actions.issue_notices(doer_of(request), ids)
    context = {
        "issued": issued,
        "skipped": [
            (request.viewer.name_of(entrant.child.name, entrant.child_id), words)
            for entrant, words in issued.skipped
        ],
        "picks": "&".join(f"pk={notice.pk}" for notice in issued.notices),
        "crumbs": crumbs("签发通知书"),
    }
    return render(request, "census/issued.html", context)


def _asked(request: Request) -> list[int]:
    """The ticked entrants, or all that the list's filter shows: the address is the list's."""
    today = clock.today()

    def everybody() -> list[int]:
        year = asked_year(request, today)
        rows = entrants_of(request, year, today, [Right.ISSUE_NOTICES])
        chosen = EntrantFilter(request.GET or None, rows, today=today)
        return list(selected(chosen).values_list("pk", flat=True))

    return picked(request.POST, everybody)


@require_safe
@needs(Right.ISSUE_NOTICES)
def print_notices(request: Request) -> HttpResponse:
    """The notices, one a sheet with counterfoil and receipt; a reprint keeps its number."""
    rows = _printable(request)
    children = [notice.entrant.child_id for notice in rows]
    details = {"numbers": [notice.number for notice in rows]}
    audit.record(origin_of(request), "print_notices", "notice", children=children, details=details)
    context = {
        "papers": [_paper(request, notice) for notice in rows],
        "duty": papers.DUTY,
        "deferral": papers.DEFERRAL,
        "most": MOST_PAPERS,
        "crumbs": crumbs("打印通知书"),
    }
    return render(request, "census/papers.html", context)


@require_POST
@needs(Right.ISSUE_NOTICES)
def serve(request: Request) -> HttpResponse:
    form, ids = ServeForm(request.POST), picked(request.POST)
    if not form.is_valid() or not ids:
        errors = [str(words) for found in form.errors.values() for words in found]
        messages.error(request, "".join(errors) or "没有选中通知书，请先勾选。")
        return redirect("census:notices")
    data = form.cleaned_data
    try:
        count = actions.serve_notices(
            doer_of(request), ids, data["day"], data["received_by"].strip()
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已登记发放{count}份。")
    return redirect("census:notices")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ISSUE_NOTICES)
def cancel(request: Request, pk: int) -> HttpResponse:
    rows = Notice.objects.visible_to(request.viewer, clock.today())
    notice = get_object_or_404(rows.select_related("entrant__child"), pk=pk)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.cancel_notice(doer_of(request), pk, reason)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{notice.number}已作废，文号保留。")
            return redirect("census:notices")
    child = notice.entrant.child
    name = request.viewer.name_of(child.name, child.pk)
    audit.record(origin_of(request), "open_form", "notice", pk, children=[notice.entrant.child_id])
    context = {
        "heading": "作废通知书",
        "facts": [("文号", notice.number), ("姓名", name)],
        "effects": ["文号保留在登记册中，不再使用。", "可以为这名儿童另发一份，使用新的文号。"],
        "form": form,
        "action_label": "作废",
        "danger": True,
        "back_url": reverse("census:notices"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "parts/confirm.html", context, status=status)


@require_safe
@needs(*ENTRY_RIGHTS)
def download(request: Request) -> HttpResponse:
    """The register as a workbook, with the filters of the page."""
    today = clock.today()
    year = asked_year(request, today)
    rows = list(with_entrants(_filtered(request, year)[1]))
    children = [notice.entrant.child_id for notice in rows]
    audit.record(origin_of(request), "export_notices", "notice", children=children)
    unit = request.viewer.posts[0].unit_name
    content = register_workbook(rows, year, unit, today, request.viewer.name_of)
    return workbook(content, f"{unit}_入学通知书登记册_{year}年_{today:%Y%m%d}.xlsx")


def _filtered(request: Request, year: int) -> tuple[NoticeFilter, Any]:
    """The filters of the address, and the year's notices that they select."""
    rows = Notice.objects.visible_to(request.viewer, clock.today()).filter(year=year)
    chosen = NoticeFilter(request.GET or None, rows)
    return chosen, selected(chosen)


def _printable(request: Request) -> list[Notice]:
    picks = picked(request.GET)
    rows = _filtered(request, asked_year(request, clock.today()))[1].filter(cancelled_on=None)
    issuable = Notice.objects.visible_to(request.viewer, clock.today(), [Right.ISSUE_NOTICES])
    rows = rows.filter(pk__in=issuable.values("pk"))
    return list(with_entrants(rows.filter(pk__in=picks) if picks else rows)[:MOST_PAPERS])


def _paper(request: Request, notice: Notice) -> dict[str, Any]:
    child = notice.entrant.child
    return {
        "notice": notice,
        "name": request.viewer.name_of(child.name, child.pk),
        "guardian": _first(request.viewer.name_of(g.name, child.pk) for g in child.guardians.all()),
        "materials": papers.MATERIALS[notice.entrant.stage],
    }


def _first(words: Iterable[str]) -> str:
    return next(iter(words), "")
