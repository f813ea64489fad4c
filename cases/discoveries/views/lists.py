"""The list of 发现报告, and the page of one of them."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.discoveries.table import discovery_table, name_in
from cases.models import Case, DiscoveryReport
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.days import full_day_words
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from foundation.masking import mask_id, mask_phone

LIST = "发现报告"


@require_safe
@needs(Right.REPORT_CHILD)
def reports(request: Request) -> HttpResponseBase:
    """What the viewer's units have reported, and what stands behind each."""
    rows = DiscoveryReport.objects.visible_to(request.viewer)
    table = discovery_table(rows, request.viewer)
    context = {
        **list_context(request, table, (), verb="list_discoveries"),
        "crumbs": [{"label": "个案", "url": reverse("cases")}, {"label": LIST, "url": ""}],
    }
    return show_list(request, "discoveries/list.html", context)


def report_or_404(request: Request, pk: int) -> DiscoveryReport:
    """The report if the viewer may read it."""
    rows = DiscoveryReport.objects.visible_to(request.viewer)
    found: DiscoveryReport = get_object_or_404(
        rows.select_related("unit", "post__person", "case", "child").prefetch_related("answers"),
        pk=pk,
    )
    return found


@require_safe
@needs(Right.REPORT_CHILD)
def report(request: Request, pk: int) -> HttpResponse:
    """One report: what was told, how far it is, what may be done with it."""
    row, viewer, today = report_or_404(request, pk), request.viewer, clock.today()
    seen = Case.objects.visible_to(viewer, today).filter(pk=row.case_id).exists()
    is_own = _is_own(viewer, row)
    context = {
        "report": row,
        "name": name_in(row, viewer),
        "facts": _facts(row, viewer),
        "case_url": reverse("case", args=[row.case.number]) if row.case and seen else "",
        "may_take_back": is_own and row.taken_back_on is None,
        "may_answer": row.is_public and (is_own or _is_of_county(viewer, row)),
        "answers": sorted(row.answers.all(), key=lambda one: one.pk, reverse=True),
        "crumbs": crumbs(name_in(row, viewer)),
    }
    children = [row.child_id] if row.child_id else []
    audit.record(origin_of(request), "read_discovery", "discoveryreport", row.pk, children=children)
    return render(request, "discoveries/report.html", context)


def crumbs(*labels: str) -> list[dict[str, str]]:
    """The way from the list to a page."""
    return [{"label": LIST, "url": reverse("discoveries:reports")}] + [
        {"label": label, "url": ""} for label in labels
    ]


def _is_own(viewer: Viewer, row: DiscoveryReport) -> bool:
    return any(post.unit_id == row.unit_id for post in viewer.posts_with(Right.REPORT_CHILD))


def _is_of_county(viewer: Viewer, row: DiscoveryReport) -> bool:
    return any(post.unit_id == row.county_id for post in viewer.posts_with(Right.REPORT_CHILD))


def _facts(row: DiscoveryReport, viewer: Viewer) -> list[tuple[str, Any]]:
    said = row.said
    facts = [
        ("报告单位", f"{row.unit} {row.post.person.name}"),
        ("来源", row.way_label),
        ("发现日期", full_day_words(row.found_on)),
        ("何时起未上学", full_day_words(row.missed_since) if row.missed_since else ""),
        ("性别", {"1": "男", "2": "女"}.get(said.get("sex", ""), "")),
        ("出生日期", said.get("born_on", "")),
        ("身份证件号", mask_id(said.get("id_no", ""))),
        ("监护人", f"{said.get('guardian', '')} {mask_phone(said.get('phone', ''))}".strip()),
        ("住址或发现地点", said.get("place", "")),
        ("情况", said.get("text", "")),
    ]
    if row.informant and (_is_own(viewer, row) or _is_of_county(viewer, row)):
        facts.append(("反映人（保密）", row.informant))
    return facts
