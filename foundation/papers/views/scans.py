"""The signed sheet of a paper: its photos or scan, uploaded, replaced and looked at."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.papers import acts
from foundation.papers.forms import ScanForm
from foundation.papers.rules.states import MOVES, Move
from foundation.papers.views.common import crumbs, found, handled, shown_file
from foundation.papers.views.moves import too_late


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.DRAFT_PAPERS, Right.SIGN_PAPERS)
def scan(request: Request, pk: int) -> HttpResponse:
    """Upload the signed sheet; where one is there, replace it with a reason."""
    paper = handled(request, pk)
    move = Move.RESCAN if paper.scans.exists() else Move.SCAN
    if away := too_late(request, paper, move):
        return away
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ScanForm(*sent, asks=move is Move.RESCAN)
    if form.is_valid():
        data = form.cleaned_data
        try:
            acts.keep_scan(doer_of(request), paper, data["pages"], data.get("reason", ""))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已{MOVES[move].label}。")
            return redirect("papers:paper", pk)
    context = {
        "heading": f"{MOVES[move].label}：{paper.number or paper.title}",
        "form": form,
        "action_label": MOVES[move].label,
        "back_url": reverse("papers:paper", args=[pk]),
        "crumbs": crumbs(paper.number or paper.title),
    }
    return render(request, "papers/scan.html", context, status=422 if form.errors else 200)


@require_safe
@needs(Right.SEE_PAPERS, Right.RECEIVE_REPORT)
def scan_page(request: Request, pk: int, scan: int) -> HttpResponse:
    """A page of the signed sheet. It shows names, as the paper does."""
    paper = found(request, pk)
    kept = get_object_or_404(paper.scans.select_related("file"), pk=scan)
    return shown_file(request, paper, kept.file, "read_paper_scan", f"签字扫描件-{kept.pk}")
