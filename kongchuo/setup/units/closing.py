"""Closing or merging a unit: typed, looked at with what moves and what is unusual, confirmed."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation.accounts.actions import (
    Refused,
    UnitOrder,
    begins_too_late,
    check_order,
    earliest_closing,
)
from foundation.accounts.models import Unit, UnitChange, UnitKind
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.days import full_day_words
from kongchuo.setup.steps import CONFIRM, EDIT, step_of, typed
from kongchuo.setup.units.carrying import check_closing, order
from kongchuo.setup.units.forms import CloseUnitForm
from kongchuo.setup.units.holdings import UnitHolding, first_day, holdings_of, in_the_way
from kongchuo.setup.units.views import METHODS, NEVER_CLOSED, crumbs, units_of
from kongchuo.setup.units.warnings import warnings_of

EFFECTS = (
    "从生效日期起，上面所列的一次全部转到接收单位；逾期的仍然逾期，到期日不变。",
    "以前的点名、个案记录和文书留在原单位名下，随时可查。",
)
CHANGED_MEANWHILE = "您核对以后，这个单位的人数、班级或任职又有变化。请再核对一遍，再确认。"
AT_ONCE = "生效日期是今天：确认后马上生效。"


@dataclass(frozen=True, slots=True)
class ClosingPreview:
    """What a closing does: what moves and from which day, what is unusual. ``seen`` names it."""

    holdings: list[UnitHolding]
    warnings: list[str]
    since: date
    seen: str


def preview_of(unit: Unit, wanted: UnitOrder) -> ClosingPreview:
    """What carrying out the order would do, as things stand now."""
    into, since = wanted.successor, first_day(unit, wanted.day)
    held, told = holdings_of(unit, wanted.day), warnings_of(unit, into, wanted.day)
    marks = [*((one.label, one.count) for one in held), *told, since, into and into.pk, wanted.day]
    return ClosingPreview(held, told, since, sha256(repr(marks).encode()).hexdigest())


@require_http_methods(METHODS)
@needs(Right.MANAGE_UNITS)
def close(request: Request, pk: int) -> HttpResponse:
    """Close or merge a unit; nothing is written before the check page is confirmed."""
    found = get_object_or_404(units_of(request).exclude(kind__in=NEVER_CLOSED), pk=pk, is_open=True)
    doer, heading = doer_of(request), f"{_verb(found)}{found.name}"
    earliest = earliest_closing(found, doer.today)
    form = CloseUnitForm(typed(request), unit=found, today=earliest)
    goes_on = request.method == "POST" and step_of(request) != EDIT
    if goes_on and form.is_valid():
        wanted = _order(found, form.cleaned_data)
        try:
            check_order(found, wanted, doer.today)
            check_closing(found, wanted.successor, wanted.day)
            return _go_on(request, found, form, wanted)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        **_context(found, heading),
        "form": form,
        "facts": _facts(holdings_of(found, doer.today)),
        "obstacle": in_the_way(found),
        "later": _later(found, earliest, doer.today),
        "effects": EFFECTS,
        "action_label": "核对",
    }
    return render(request, "units/close.html", context, status=422 if goes_on else 200)


def _go_on(request: Request, unit: Unit, form: CloseUnitForm, wanted: UnitOrder) -> HttpResponse:
    """Show what moves, or write the order if just that was confirmed."""
    doer, heading, found = doer_of(request), f"{_verb(unit)}{unit.name}", preview_of(unit, wanted)
    is_confirmed = step_of(request) == CONFIRM
    if is_confirmed and request.POST.get("seen") == found.seen:
        order(doer, unit, wanted)
        messages.success(request, f"{heading}：已登记。")
        return redirect("units:unit", pk=unit.pk)
    shown = {
        **_context(unit, heading),
        "form": form,
        "preview": found,
        "facts": _facts(found.holdings),
        "at_once": AT_ONCE if wanted.day <= doer.today else "",
        "warning": CHANGED_MEANWHILE if is_confirmed else "",
        "wanted": wanted,
        "grounds": {"source_document": wanted.document, "reason": wanted.reason},
        "day": full_day_words(wanted.day),
        "since": full_day_words(found.since) if found.since != wanted.day else "",
        "action": f"确认{_verb(unit)}",
    }
    status = 409 if is_confirmed else 200
    return render(request, "units/close_preview.html", shown, status=status)


def _later(unit: Unit, earliest: date, today: date) -> str:
    """That it cannot be today yet, where that is so; the form offers the earliest day."""
    since = first_day(unit, today)
    return begins_too_late(unit, since) if since < earliest else ""


def _verb(unit: Unit) -> str:
    return "合并" if unit.kind == UnitKind.VILLAGE else "撤并"


def _order(unit: Unit, entered: dict[str, Any]) -> UnitOrder:
    kind = UnitChange.MERGED if unit.kind == UnitKind.VILLAGE else UnitChange.CLOSED
    return UnitOrder(
        kind,
        entered["day"],
        entered["reason"],
        entered["document"],
        successor=entered["successor"],
    )


def _facts(holdings: list[UnitHolding]) -> list[tuple[str, str]]:
    return [(one.label, f"{one.count}（{one.becomes}）") for one in holdings]


def _context(unit: Unit, heading: str) -> dict[str, Any]:
    back = reverse("units:unit", args=[unit.pk])
    return {
        "heading": heading,
        "danger": True,
        "back_url": back,
        "crumbs": crumbs((unit.name, back), (heading, "")),
    }
