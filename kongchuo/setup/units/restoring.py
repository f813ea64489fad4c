"""Undoing a merge or closing: typed, looked at with what comes back, confirmed."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation.accounts.actions import Refused, UnitOrder, posts_to_hand_back
from foundation.accounts.models import UnitChange, UnitChangeEnd, UnitKind
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.days import full_day_words
from kongchuo.setup.steps import CONFIRM, EDIT, step_of, typed
from kongchuo.setup.units.carrying import order
from kongchuo.setup.units.closing import CHANGED_MEANWHILE
from kongchuo.setup.units.forms import UndoForm
from kongchuo.setup.units.holdings import UnitHolding
from kongchuo.setup.units.undoing import WITHIN, check_undoing, may_be_undone, obstacles
from kongchuo.setup.units.views import METHODS, WITH_END, crumbs

EFFECTS = (
    "从今天起，上面所列的一次全部转回原单位；到期日不变，转出期间的办理留在接收单位名下。",
    f"只有生效{WITHIN.days}天之内、转去以后还没有办理过的，才能恢复。",
)
BACK, LEFT = "转回原单位", "不恢复：已到期、账号停用，或者须两人办理，请安全管理员另外安排"


@dataclass(frozen=True, slots=True)
class RestoringPreview:
    """What an undoing brings back, as things stand now. ``seen`` names it."""

    holdings: list[UnitHolding]
    seen: str


def preview_of(change: UnitChange, day: date) -> RestoringPreview:
    """What undoing the change on the day would bring back."""
    marks, unit = change.end.marks, change.unit
    back, left = posts_to_hand_back(marks.get("posts", []), day)
    pupils = "户籍在本村的学生" if unit.kind == UnitKind.VILLAGE else "学生"
    counts = [
        UnitHolding(label, len(marks.get(kind, [])), BACK)
        for label, kind in (
            (pupils, "children"),
            ("班级", "classes"),
            ("未销号的个案", "cases"),
            ("新生名单", "entrants"),
            ("学区登记", "catchments"),
        )
    ]
    counts += [UnitHolding("任职", len(back), BACK), UnitHolding("其他任职", len(left), LEFT)]
    held = [one for one in counts if one.count]
    told = [*((one.label, one.count) for one in held), change.pk, day]
    return RestoringPreview(held, sha256(repr(told).encode()).hexdigest())


@require_http_methods(METHODS)
@needs(Right.MANAGE_UNITS)
def undo(request: Request, pk: int) -> HttpResponse:
    """Undo a merge or closing that was carried out; what stands in the way is shown before."""
    rows = UnitChange.objects.visible_to(request.viewer)
    rows = rows.filter(end__outcome=UnitChangeEnd.DONE).select_related(*WITH_END, "unit__parent")
    found, doer = get_object_or_404(rows, pk=pk), doer_of(request)
    if not may_be_undone(found, doer.today):
        raise Http404
    form = UndoForm(typed(request))
    goes_on = request.method == "POST" and step_of(request) != EDIT
    if goes_on and form.is_valid():
        try:
            check_undoing(found, doer.today)
            return _go_on(request, found, form)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        **_context(found),
        "form": form,
        "facts": [*_told(found), *_facts(preview_of(found, doer.today))],
        "obstacle": "；".join(obstacles(found)),
        "effects": EFFECTS if found.successor else EFFECTS[1:],
        "action_label": "核对",
    }
    return render(request, "units/undo.html", context, status=422 if goes_on else 200)


def _go_on(request: Request, change: UnitChange, form: UndoForm) -> HttpResponse:
    """Show what comes back, or write the order if just that was confirmed."""
    doer, entered, unit = doer_of(request), form.cleaned_data, change.unit
    found = preview_of(change, doer.today)
    is_confirmed = step_of(request) == CONFIRM
    if is_confirmed and request.POST.get("seen") == found.seen:
        reason, document = entered["reason"], entered["document"]
        wanted = UnitOrder(UnitChange.UNDONE, doer.today, reason, document, undoes=change)
        order(doer, unit, wanted)
        messages.success(request, f"恢复{unit.name}：已登记。")
        return redirect("units:unit", pk=unit.pk)
    shown = {
        **_context(change),
        "form": form,
        "preview": found,
        "told": _told(change),
        "facts": _facts(found),
        "warning": CHANGED_MEANWHILE if is_confirmed else "",
        "grounds": {"source_document": entered["document"], "reason": entered["reason"]},
        "day": full_day_words(doer.today),
        "action": "确认恢复",
    }
    return render(request, "units/undo_preview.html", shown, status=409 if is_confirmed else 200)


def _told(change: UnitChange) -> list[tuple[str, Any]]:
    return [
        ("变动", change.get_kind_display()),
        ("生效日期", change.day),
        ("接收单位", change.successor or "没有"),
    ]


def _facts(found: RestoringPreview) -> list[tuple[str, str]]:
    return [(one.label, f"{one.count}（{one.becomes}）") for one in found.holdings]


def _context(change: UnitChange) -> dict[str, Any]:
    unit = change.unit
    back, heading = reverse("units:unit", args=[unit.pk]), f"恢复{unit.name}"
    return {
        "heading": heading,
        "danger": True,
        "back_url": back,
        "crumbs": crumbs((unit.name, back), (heading, "")),
    }
