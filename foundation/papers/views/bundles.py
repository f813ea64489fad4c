"""Several papers as one PDF: what is printed and what is not, the order, the file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.door.fresh import ask_again
from foundation.accounts.requests import Request, doer_of, needs
from foundation.downloads import evidence
from foundation.lists.selection import picked
from foundation.lists.table import sorted_by
from foundation.papers.acts.bundling import (
    MOST,
    BundlePlan,
    hand_out,
    order_bundle,
    plan_bundle,
)
from foundation.papers.acts.common import HANDLES
from foundation.papers.bundleforms import BundleForm
from foundation.papers.models import Paper, PaperBundle
from foundation.papers.printing.possible import pdf_possible
from foundation.papers.tables import ledger_table
from foundation.papers.views.common import crumbs
from foundation.papers.views.ledger import filtered
from foundation.papers.views.paper import MOST_PRINTED


@require_POST
@needs(*HANDLES)
def preview(request: Request) -> HttpResponse:
    """How many of the selected papers can be printed, and why the others cannot."""
    return preview_of(request, picked(request.POST, lambda: _all(request)))


def preview_of(request: Request, keys: list[int]) -> HttpResponse:
    """The same of papers that another list has selected; from here they are printed."""
    return _page(request, keys, BundleForm(), 200 if keys else 422)


@require_POST
@needs(*HANDLES)
def order(request: Request) -> HttpResponse:
    """Start the job that puts them together, in the chosen order."""
    keys, form = picked(request.POST), BundleForm(request.POST)
    if form.is_valid():
        doer, data = doer_of(request), form.cleaned_data
        site = request.build_absolute_uri("/")
        try:
            bundle = order_bundle(
                doer, in_order(request, keys, data["order"]), data["purpose"], site
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            assert bundle.job is not None
            return redirect("job", bundle.job.pk)
    return _page(request, keys, form, 422)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*HANDLES)
def bundle(request: Request, pk: int) -> HttpResponse:
    """The page of the file; POST downloads it."""
    found = get_object_or_404(PaperBundle.objects.visible_to(request.viewer), pk=pk)
    refusal = ""
    if request.method == "POST":
        ask_again(request)
        try:
            content = hand_out(doer_of(request), found.pk)
        except Refused as refused:
            refusal = str(refused)
        else:
            return evidence(content, "application/pdf", found.file_name, shown=False)
    context = {
        "bundle": found,
        "count": len(found.papers),
        "left": found.MAX_DOWNLOADS - found.downloads,
        "is_open": found.is_open_at(clock.now()),
        "refusal": refusal,
        "crumbs": crumbs("文书 PDF"),
    }
    return render(request, "papers/bundle.html", context, status=422 if refusal else 200)


def in_order(request: Request, keys: list[int], order: str) -> list[int]:
    """The keys as they were chosen in the ledger, or by unit, kind and number."""
    if order != BundleForm.BY_NUMBER:
        return keys
    rows = Paper.objects.visible_to(request.viewer).filter(pk__in=keys)
    by_number = rows.order_by("unit__name", "kind", "year", "seq", "pk")
    return list(by_number.values_list("pk", flat=True))


def _all(request: Request) -> list[int]:
    """What the filters of the ledger give, in its order."""
    _, rows = filtered(request)
    table = ledger_table(rows, request.viewer, clock.today())
    sorted_by(table, request)
    return list(table.data.keys()[: MOST + 1])


def _page(request: Request, keys: list[int], form: BundleForm, status: int) -> HttpResponse:
    plan: BundlePlan = plan_bundle(request.viewer, keys)
    ready = [paper.pk for paper in plan.ready]
    context: dict[str, Any] = {
        "plan": plan,
        "form": form,
        "pks": ",".join(map(str, ready)),
        "most": MOST if len(keys) > MOST else 0,
        "no_pdf": pdf_possible(),
        "prints_here": 0 < len(ready) <= MOST_PRINTED,
        "most_here": MOST_PRINTED,
        "back": reverse("papers:ledger"),
        "crumbs": crumbs("打印"),
    }
    return render(request, "papers/bundle_preview.html", context, status=status)
