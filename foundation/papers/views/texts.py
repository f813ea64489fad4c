"""文书文本: the county's text of each kind, with its history, its editor and a preview."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.models import Unit
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost
from foundation.papers.acts.texts import withdraw, write_text
from foundation.papers.composing import PaperHead, compose
from foundation.papers.forms import PaperReasonForm
from foundation.papers.kinds import KINDS, PaperKind, kinds_on
from foundation.papers.models import PaperText
from foundation.papers.printing.page import as_page
from foundation.papers.reading import series_on, words_on
from foundation.papers.rules.merging import PaperWords, problems_of
from foundation.papers.textforms import TextForm
from foundation.papers.views.common import crumbs


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind as the list shows it; ``row`` is None while the county has written no text."""

    kind: PaperKind
    row: PaperText | None
    coming: PaperText | None
    series: str


@require_safe
@needs(Right.SET_PAPER_TEXTS)
def texts(request: Request) -> HttpResponse:
    """Each kind with the text in force, and what is to come."""
    county, today = county_of(request), clock.today()
    lines = [_line(county, kind, today) for kind in kinds_on(county.pk, today)]
    return render(request, "papers/texts.html", {"lines": lines, "crumbs": crumbs("文书文本")})


@require_safe
@needs(Right.SET_PAPER_TEXTS)
def text(request: Request, kind: str) -> HttpResponse:
    """The text in force as it is printed, and every one that was or will be; the first is the one
    that the system came with."""
    county, today = county_of(request), clock.today()
    definition = _kind(kind, county)
    rows = PaperText.objects.filter(county=county, kind=kind).select_related("recorded_by")
    told = states_of(rows, today)
    for one in told:
        one["sheets"] = _preview(definition, one["row"].words)
    context = {
        "kind": definition,
        "sheets": _preview(definition, words_on(county.pk, definition, today)),
        "rows": told,
        "own": {
            "state": "以前" if any(one["state"] == "现行" for one in told) else "现行",
            "sheets": _preview(definition, definition.words),
        },
        "crumbs": _crumbs(definition.title),
    }
    return render(request, "papers/text.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_PAPER_TEXTS)
def edit(request: Request, kind: str) -> HttpResponse:
    """Write the text from a day on, with the preview beside it."""
    county, doer = county_of(request), doer_of(request)
    definition = _kind(kind, county)
    now = words_on(county.pk, definition, doer.today)
    initial = {
        "title": now.title,
        "addressee": now.addressee,
        "body": now.body,
        "note": now.note,
        "valid_from": doer.today,
    }
    form = TextForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            write_text(doer, county, definition, form.words, form.ground)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记，从生效日期起签发的文书用新的文本。")
            return redirect("papers:text", kind)
    shown = form.typed_words if form.is_bound else now
    context = {
        "kind": definition,
        "form": form,
        "sheets": _preview(definition, shown),
        "problems": problems_of(shown, definition.text_fields) if form.is_bound else [],
        "crumbs": _crumbs(definition.title, "变更"),
    }
    return render(request, "papers/edit_text.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Right.SET_PAPER_TEXTS)
def preview(request: Request, kind: str) -> HttpResponse:
    """The typed text as it would be printed, and what is wrong with it. Nothing is written."""
    definition = _kind(kind, county_of(request))
    words = TextForm(request.POST).typed_words
    context = {
        "sheets": _preview(definition, words),
        "problems": problems_of(words, definition.text_fields),
    }
    return render(request, "papers/_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_PAPER_TEXTS)
def withdraw_text(request: Request, pk: int) -> HttpResponse:
    """Take back a text that is not in force yet."""
    row = get_object_or_404(PaperText, pk=pk, county=county_of(request))
    definition = _kind(row.kind, row.county)
    form = PaperReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            withdraw(doer_of(request), row, form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已撤回，仍按原来的文本。")
            return redirect("papers:text", row.kind)
    context = {
        "heading": f"撤回：{definition.title}",
        "effects": ["这份文本不再生效，在它之前的继续有效。", "撤回留有记录。"],
        "form": form,
        "action_label": "撤回",
        "back_url": reverse("papers:text", args=[row.kind]),
        "crumbs": _crumbs(definition.title, "撤回"),
    }
    return render(request, "parts/confirm.html", context, status=422 if form.errors else 200)


def county_of(request: Request) -> Unit:
    """The county of the post that sets the texts."""
    post: HeldPost = request.viewer.posts_with(Right.SET_PAPER_TEXTS)[0]
    return Unit.objects.get(pk=post.county_id)


def states_of(rows: Any, today: date) -> list[dict[str, Any]]:
    """Every row with its state in words, the latest day first."""
    standing = rows.standing()
    in_force = next((row for row in standing if row.valid_from <= today), None)
    return [
        {"row": row, "state": _state(row, standing, in_force, today)}
        for row in rows.order_by("-valid_from", "-revision")
    ]


def _state(row: Any, standing: list[Any], in_force: Any, today: date) -> str:
    if row.is_withdrawn:
        return "撤回"
    if row not in standing:
        return "已更正"
    if row.valid_from > today:
        return "将要生效"
    return "现行" if row == in_force else "以前"


def _line(county: Unit, kind: PaperKind, today: date) -> KindLine:
    standing = PaperText.objects.filter(county=county, kind=kind.code).standing()
    coming = [row for row in standing if row.valid_from > today]
    row = next((row for row in standing if row.valid_from <= today), None)
    series = series_on(county.pk, kind, today)
    return KindLine(kind, row, coming[-1] if coming else None, series)


def _preview(kind: PaperKind, words: PaperWords) -> Any:
    told = kind.examples
    head = PaperHead(told["发文机关"], told["文号"], told["签发人"], clock.today())
    return as_page([compose(kind, words, told, head)])


def _kind(code: str, county: Unit) -> PaperKind:
    if code not in KINDS or not KINDS[code].is_on(county.pk, clock.today()):
        raise Http404
    return KINDS[code]


def _crumbs(*labels: str) -> list[dict[str, str]]:
    first = crumbs()[0]
    return [
        first,
        {"label": "文书文本", "url": reverse("papers:texts")},
        *({"label": label, "url": ""} for label in labels),
    ]
