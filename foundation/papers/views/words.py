"""文号代字: the words of the county's numbers, of a unit and of a kind, from a day on."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.models import Unit
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.papers.acts.texts import withdraw, write_organ, write_series
from foundation.papers.forms import PaperReasonForm
from foundation.papers.kinds import KINDS, title_of
from foundation.papers.models import NumberWord
from foundation.papers.textforms import WordForm
from foundation.papers.views.common import crumbs
from foundation.papers.views.texts import county_of, states_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_PAPER_TEXTS)
def words(request: Request) -> HttpResponse:
    """What the county has set, and the form that sets one from a day on."""
    county, today = county_of(request), clock.today()
    data = request.POST if request.method == "POST" else None
    form = WordForm(data, county=county, today=today, initial={"valid_from": today})
    if form.is_valid():
        try:
            _write(request, county, form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记，从生效日期起签发的文书用新的代字。")
            return redirect("papers:words")
    context = {
        "rows": _told(county, today),
        "form": form,
        "crumbs": crumbs("文号代字"),
    }
    return render(request, "papers/words.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_PAPER_TEXTS)
def withdraw_word(request: Request, pk: int) -> HttpResponse:
    """Take back a word that is not in force yet."""
    row = get_object_or_404(
        NumberWord.objects.select_related("unit", "county"), pk=pk, county=county_of(request)
    )
    form = PaperReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            withdraw(doer_of(request), row, form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已撤回，仍按原来的代字。")
            return redirect("papers:words")
    context = {
        "heading": f"撤回代字：{row.word}",
        "effects": ["这个代字不再生效，在它之前的继续有效。", "撤回留有记录。"],
        "form": form,
        "action_label": "撤回",
        "back_url": reverse("papers:words"),
        "crumbs": crumbs("撤回代字"),
    }
    return render(request, "parts/confirm.html", context, status=422 if form.errors else 200)


def _write(request: Request, county: Unit, form: WordForm) -> None:
    doer, data = doer_of(request), form.cleaned_data
    of, _, key = data["of"].partition(":")
    word = data["word"].strip()
    if of == "kind":
        write_series(doer, county, KINDS[key], word, form.ground)
    else:
        write_organ(doer, county, Unit.objects.get(pk=int(key)), word, form.ground)


def _told(county: Unit, today: Any) -> list[dict[str, Any]]:
    """Every row in words. Each unit and each kind has its own line of succession."""
    rows = NumberWord.objects.filter(county=county).select_related("unit", "recorded_by")
    keys: dict[tuple[Any, str], None] = dict.fromkeys(
        (row.unit_id, row.kind) for row in rows.order_by("kind", "unit__name")
    )
    told = []
    for unit_id, kind in keys:
        own = rows.filter(unit_id=unit_id, kind=kind)
        for one in states_of(own, today):
            of = str(one["row"].unit) if unit_id else title_of(kind)
            told.append({**one, "of": of})
    return told
