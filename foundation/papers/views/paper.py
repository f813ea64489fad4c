"""One paper: its text, where it stands, its history, and what may be done with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.days import full_day_words
from foundation.downloads import DOCX, evidence
from foundation.lists.selection import picked
from foundation.papers import acts
from foundation.papers.acts.common import HANDLES, drafting_post, signing_post
from foundation.papers.acts.keeping import pdf_of
from foundation.papers.forms import DraftForm, typed_of
from foundation.papers.models import Paper
from foundation.papers.printing.document import as_docx
from foundation.papers.printing.page import as_page
from foundation.papers.printing.pdf import NoPdf
from foundation.papers.printing.possible import pdf_possible
from foundation.papers.reading import awaits_scan, seen_of, sheet_of
from foundation.papers.rules.states import MOVES, NUMBERED, Move, PaperState, problem_with
from foundation.papers.views.common import (
    address_of_check,
    crumbs,
    found,
    handled,
    note_reading,
    readable,
    shown_file,
)
from foundation.papers.views.received import crumbs_here, is_own, receipts_of
from foundation.papers.views.replies import replies_of

MOST_PRINTED = 100
_FOR_ADDRESSEES = (Move.SIGN, Move.RECEIVE, Move.UNRECEIVE, Move.REFUSE, Move.VOID)


@require_safe
@needs(Right.SEE_PAPERS, Right.RECEIVE_REPORT)
def page(request: Request, pk: int) -> HttpResponse:
    """The whole text, the facts, the history, and the acts that are open to the viewer now."""
    paper, today = found(request, pk), clock.today()
    note_reading(request, "read_paper", [paper])
    sheet = sheet_of(paper, today, address_of_check(request, paper))
    context = {
        "paper": paper,
        "sheets": as_page([sheet]),
        "facts": _facts(paper),
        "moves": _history(request, paper),
        "service": paper.services.first(),
        **_scans(paper),
        "proofs": paper.proofs.select_related("file"),
        **receipts_of(request, paper, today),
        **replies_of(request, paper),
        "about_url": _about(request, paper),
        "returned": _why_returned(paper),
        "seen": seen_of(paper, today) if paper.state == PaperState.WAITING else "",
        **_open_acts(request, paper),
        "crumbs": crumbs_here(request, paper),
    }
    return render(request, "papers/paper.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.DRAFT_PAPERS)
def revise(request: Request, pk: int) -> HttpResponse:
    """Change what is typed by hand in a draft."""
    paper = handled(request, pk)
    form = DraftForm(request.POST if request.method == "POST" else None, paper=paper)
    if form.is_valid():
        try:
            acts.revise(doer_of(request), paper, paper.values | form.values)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已修改，核对后送签。")
            return redirect("papers:paper", pk)
    context = {
        "heading": f"修改{paper.title}",
        "form": form,
        "action_label": "保存",
        "back_url": reverse("papers:paper", args=[pk]),
        "crumbs": crumbs("修改"),
    }
    return render(request, "parts/confirm.html", context, status=422 if form.errors else 200)


@require_POST
@needs(*HANDLES)
def prints(request: Request) -> HttpResponse:
    """The selected papers as they are printed, one after the other; each print is on record."""
    rows = readable(request).filter(pk__in=picked(request.POST)).select_related("unit")
    papers = sorted(rows[:MOST_PRINTED], key=lambda one: (one.unit_id, one.kind, one.pk))
    try:
        papers = acts.print_papers(doer_of(request), papers)
    except Refused as refused:
        messages.error(request, str(refused))
        papers = []
    if not papers:
        messages.warning(request, "没有选中可以打印的文书。")
        return redirect("papers:ledger")
    today = clock.today()
    sheets = [sheet_of(one, today, address_of_check(request, one)) for one in papers]
    context = {"sheets": as_page(sheets), "count": len(papers), "crumbs": crumbs("打印")}
    return render(request, "papers/print.html", context)


@require_POST
@needs(*HANDLES)
def pdf(request: Request, pk: int) -> HttpResponse:
    """The kept PDF of a signed paper; it is a print, too. A void one is printed from the page."""
    paper = handled(request, pk)
    try:
        [printed] = acts.print_papers(doer_of(request), [paper])
        if not printed.is_valid:
            raise Refused("已作废的文书从网页打印，印有“作废”字样。")
        content = pdf_of(printed, address_of_check(request, printed))
    except (Refused, NoPdf) as refused:
        messages.error(request, str(refused))
        return redirect("papers:paper", pk)
    return evidence(content, "application/pdf", f"{paper.title}-{paper.number}", shown=False)


@require_POST
@needs(*HANDLES)
def document(request: Request, pk: int) -> HttpResponse:
    """The paper for WPS: signed from its frozen text, and a print, too; unsigned with 草稿 across.

    What is changed in it by hand changes nothing here; it comes back as a scan.
    """
    paper = handled(request, pk)
    note_reading(request, "docx_paper", [paper])
    if paper.state in NUMBERED:
        [paper] = acts.print_papers(doer_of(request), [paper])
    made = as_docx(sheet_of(paper, clock.today(), address_of_check(request, paper)))
    name = f"{paper.title}-{paper.number or '草稿'}"
    return evidence(made, DOCX, name, shown=False)


@require_safe
@needs(Right.SEE_PAPERS)
def proof(request: Request, pk: int, proof: int) -> HttpResponse:
    """A photo or scan of the receipt. It shows names, as the paper does."""
    paper = found(request, pk)
    kept = get_object_or_404(paper.proofs.select_related("file"), pk=proof)
    return shown_file(request, paper, kept.file, "read_paper_proof", f"送达回证-{kept.pk}")


def _about(request: Request, paper: Paper) -> str:
    """The page of what the paper is about; "" where the viewer may not open it."""
    kind = paper.definition
    if kind.about_right is not None and not request.viewer.has(kind.about_right):
        return ""
    return kind.url(paper)


def _open_acts(request: Request, paper: Paper) -> dict[str, bool]:
    """Which buttons the page shows."""
    drafts = drafting_post(request.viewer, paper) is not None
    signs = signing_post(request.viewer, paper) is not None

    def possible(move: Move, *who: bool) -> bool:
        return any(who) and not problem_with(move, paper.state)

    served = paper.definition.is_served
    return {
        "may_send": possible(Move.SEND, drafts),
        "may_recall": possible(Move.RECALL, drafts),
        "may_revise": possible(Move.REVISE, drafts) and bool(typed_of(paper)),
        "may_drop": possible(Move.DROP, drafts),
        "may_sign": possible(Move.SIGN, signs),
        "may_void": possible(Move.VOID, signs),
        "may_print": possible(Move.PRINT, drafts, signs),
        "may_docx": (drafts or signs) and paper.state != PaperState.DROPPED,
        "may_pdf": possible(Move.PRINT, drafts, signs) and paper.is_valid and not pdf_possible(),
        "may_serve": served and possible(Move.SERVE, drafts),
        "may_correct": served and possible(Move.CORRECT, drafts),
        "may_perform": served and possible(Move.PERFORM, drafts) and paper.served_on is not None,
        "may_reopen": possible(Move.REOPEN, drafts),
        "may_scan": not served and possible(Move.SCAN, drafts, signs),
    }


def _history(request: Request, paper: Paper) -> list[dict[str, Any]]:
    """Every move in words, the newest first; for who only got the paper, those since it was signed
    that concern him, and no word of what was mended before."""
    rows = paper.moves.select_related("person").order_by("-pk")
    if not is_own(request, paper):
        rows = rows.filter(move__in=_FOR_ADDRESSEES)
    return [{"row": row, "label": MOVES[Move(row.move)].label} for row in rows]


def _scans(paper: Paper) -> dict[str, Any]:
    """The pages of the signed sheet, those that were replaced, and whether it is waited for."""
    pages = list(paper.scans.select_related("file"))
    newest = pages[-1].move_id if pages else None
    return {
        "scans": [one for one in pages if one.move_id == newest],
        "former_scans": [one for one in pages if one.move_id != newest],
        "awaits_scan": awaits_scan(paper, has_scan=bool(pages)),
    }


def _why_returned(paper: Paper) -> str:
    """The reason of who sent it back, while it lies with who drafted it."""
    if paper.state != PaperState.RETURNED:
        return ""
    row = paper.moves.filter(move=Move.RETURN).last()
    return row.reason if row else ""


def _facts(paper: Paper) -> list[tuple[str, Any]]:
    days = (
        ("签发日期", paper.signed_on),
        ("送达日期", paper.served_on),
        ("履行日期", paper.performed_on),
        ("作废日期", paper.voided_on),
    )
    signer = paper.signed_by.person.name if paper.signed_by else ""
    return [
        ("发文机关", paper.unit.name),
        ("拟稿人", paper.drafted_by.person.name),
        *([("签发人", signer)] if signer else []),
        *((label, full_day_words(day)) for label, day in days if day),
    ]
