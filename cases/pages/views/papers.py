"""The papers of a case: drafted on a click, and what a 辍学认定 rests on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases.pages.case_papers import readable
from cases.pages.views.common import case_or_404
from cases.papers.drafting import draft_paper
from cases.papers.index import materials_of
from cases.papers.registry import CASE_KINDS
from cases.seeing import lets
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.door.fresh import ask_again
from foundation.accounts.requests import doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.downloads import evidence
from foundation.files.actions import FileLost, content_of


@require_POST
@needs(Right.SEE_CASES)
@needs(Right.DRAFT_PAPERS)
def write(request: Any, number: str, kind: str) -> HttpResponse:
    """Draft a paper of the kind from what the case knows, and lead to it."""
    case = case_or_404(request, number)
    if kind not in CASE_KINDS:
        raise Http404
    if page := CASE_KINDS[kind].page(case):
        return redirect(page)
    if CASE_KINDS[kind].tells_number:
        ask_again(request)
    try:
        paper = draft_paper(doer_of(request), case, kind)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("case", number)
    messages.success(request, f"已起草{paper.title}，请核对全文后送签。")
    return redirect("papers:paper", paper.pk)


@require_safe
@needs(Right.SEE_CASES)
def index(request: Any, number: str) -> HttpResponse:
    """案卷目录: the file of the case, to print; the list that a court asks for."""
    case = case_or_404(request, number)
    lines = materials_of(case)
    context = {
        "case": case,
        "name": request.viewer.name_of(case.child.name, case.child_id),
        "lines": lines,
        "readable": readable(doer_of(request), [one.paper for one in lines if one.paper]),
    }
    audit.record(origin_of(request), "read", "case", case.pk, children=[case.child_id])
    return render(request, "cases/file_index.html", context)


@require_safe
@needs(Right.SEE_CASES)
@needs(Right.SEE_NAMES)
def paper(request: Any, number: str, pk: int) -> HttpResponse:
    """Send the paper. It shows names, so a reader of masked names (张**) cannot open it."""
    case = case_or_404(request, number)
    if not lets(request.viewer, Right.SEE_NAMES, case.pk):
        raise PermissionDenied
    found = get_object_or_404(case.confirmations.select_related("paper"), pk=pk)
    if found.paper is None:
        raise Http404
    try:
        content = content_of(found.paper)
    except FileLost as lost:
        raise Http404 from lost
    children = [case.child_id]
    audit.record(origin_of(request), "read_case_paper", "confirmation", pk, children=children)
    return evidence(content, found.paper.content_type, f"辍学认定材料-{pk}", shown=True)
