"""期限参数: everybody bound by them reads them, the county's desk sets them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cases.recount.deadlines import Redated, reckon_county, redated_in
from foundation import clock
from foundation.accounts.actions import (
    NewValue,
    Refused,
    change_parameter,
    check_value,
    withdraw_parameter,
)
from foundation.accounts.models import Parameter, Unit
from foundation.accounts.parameters import BY_CODE, BY_FIELD, SPECS, Spec
from foundation.accounts.querysets import parameter_rows_on
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.accounts.values import full_words_of, unit_of, words_of
from foundation.days import full_day_words
from kongchuo.setup.moves import MovePreview, preview_of
from kongchuo.setup.opening.limits import limits_to_confirm
from kongchuo.setup.parameters.effects import concerned, dates, effects_of
from kongchuo.setup.parameters.forms import ParameterForm, WithdrawalForm, initial_of
from kongchuo.setup.steps import (
    CHANGED_MEANWHILE,
    CONFIRM,
    EDIT,
    contexts_of,
    county_of,
    step_of,
    typed,
)
from kongchuo.setup.telling import tell_holders


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """A parameter as the page shows it; ``since`` is empty where the county has set none."""

    spec: Spec
    value: str
    unit: str
    since: date | None
    source: str
    coming: str


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A row of the history in words; ``may_withdraw`` while the value is not in force."""

    row: Parameter
    words: str
    state: str
    may_withdraw: bool


@require_safe
def page(request: Request) -> HttpResponse:
    """Each parameter with value, unit, effective day and source, and what is to come."""
    county_id = _own_county(request)
    today = clock.today()
    rows = parameter_rows_on(county_id, today)
    later = Parameter.objects.standing().filter(county_id=county_id, valid_from__gt=today)
    coming = {row.code: row for row in later.order_by("-valid_from")}
    waiting = limits_to_confirm(county_id)
    lines = [_line(spec, rows, coming, waiting) for spec in SPECS if spec.is_read]
    context = {
        "lines": lines,
        "waiting": len(waiting),
        "may_set": request.viewer.has(Right.MANAGE_CALENDAR),
    }
    return render(request, "setup/parameters/list.html", context)


@require_safe
def history(request: Request, field: str) -> HttpResponse:
    """Every value a parameter has had: from which day, by which paper, entered by whom and why."""
    spec, county_id, today = _spec(field), _own_county(request), clock.today()
    may_set = request.viewer.has(Right.MANAGE_CALENDAR)
    rows = Parameter.objects.filter(county_id=county_id, code=spec.code)
    standing = set(rows.standing().values_list("pk", flat=True))
    in_force = parameter_rows_on(county_id, today).get(spec.code)
    listed = rows.select_related("recorded_by").order_by("-valid_from", "-revision")
    context = {
        "spec": spec,
        "value": full_words_of(spec, in_force.value if in_force else spec.default),
        "rows": [_told(spec, row, standing, in_force, today, may_set) for row in listed],
        "default": full_words_of(spec, spec.default),
        "may_set": may_set,
        "crumbs": _crumbs(spec.label),
    }
    return render(request, "setup/parameters/history.html", context)


@needs(Right.MANAGE_CALENDAR)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, field: str) -> HttpResponse:
    """Sets a value from a day on, after showing which open deadlines move and which do not."""
    spec, county, doer = _spec(field), county_of(request), doer_of(request)
    rows = parameter_rows_on(county.pk, doer.today)
    value = rows[spec.code].value if spec.code in rows else spec.default
    initial = {**initial_of(spec, value), "valid_from": doer.today}
    form = ParameterForm(typed(request), spec=spec, initial=initial)
    context = {
        "heading": f"变更：{spec.label}",
        "spec": spec,
        "value": full_words_of(spec, value),
        "effects": effects_of(spec),
        "is_dating": dates(spec),
        "form": form,
        "crumbs": _crumbs(spec.label, "变更"),
    }
    if request.method == "POST" and step_of(request) != EDIT and form.is_valid():
        try:
            check_value(county.pk, form.new_value, doer.today)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _go_on(request, form.new_value, county, context)
    is_wrong = request.method == "POST" and step_of(request) != EDIT
    return render(request, "setup/parameters/change.html", context, status=422 if is_wrong else 200)


@needs(Right.MANAGE_CALENDAR)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Takes back a value that is not in force yet."""
    row = get_object_or_404(Parameter, pk=pk, county=county_of(request))
    spec = BY_CODE[row.code]
    form = WithdrawalForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_parameter(doer_of(request), row, spec, form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已撤回，仍按原来的取值。")
            return redirect("parameter", spec.field)
    context = {
        "heading": f"撤回：{spec.label}",
        "facts": [
            ("取值", full_words_of(spec, row.value)),
            ("原定生效日期", full_day_words(row.valid_from)),
        ],
        "effects": ["这个取值不再生效，在它之前的取值继续有效。", "撤回留有记录。"],
        "form": form,
        "action_label": "撤回",
        "back_url": reverse("parameter", args=[spec.field]),
        "crumbs": _crumbs(spec.label, "撤回"),
    }
    return render(request, "parts/confirm.html", context, status=422 if form.errors else 200)


def _go_on(request: Request, new: NewValue, county: Unit, context: dict[str, Any]) -> HttpResponse:
    """Show what moves and what stays, or write the value if that was confirmed."""
    found, moves = _moves(request, new, county)
    is_confirmed = step_of(request) == CONFIRM
    if is_confirmed and request.POST.get("seen") == moves.seen:
        moved = _write(request, new, county, found)
        messages.success(request, f"已登记，{moved}个期限随之改期。")
        return redirect("parameter", new.spec.field)
    shown = {
        **context,
        "moves": moves,
        "new": full_words_of(new.spec, new.value),
        "valid_from": new.valid_from,
        "grounds": {"source_document": new.source, "reason": new.reason},
        "action": "确认变更",
        "warning": CHANGED_MEANWHILE if is_confirmed else "",
    }
    status = 409 if is_confirmed else 200
    return render(request, "setup/parameters/preview.html", shown, status=status)


def _moves(request: Request, new: NewValue, county: Unit) -> tuple[list[Redated], MovePreview]:
    """The open deadlines as they would be due, and what the page tells of those concerned."""
    contexts = contexts_of(doer_of(request))
    history = contexts.history_of(county.pk)
    supposed = contexts.supposing(
        county.pk, history=history.supposing(new.spec.code, new.value, new.valid_from)
    )
    found = redated_in(county.pk, supposed, new.valid_from)
    return found, preview_of(concerned(new.spec, found), history, new)


@transaction.atomic
def _write(request: Request, new: NewValue, county: Unit, found: list[Redated]) -> int:
    """Write the value and move the open deadlines that follow it; returns how many moved."""
    doer = doer_of(request)
    row = change_parameter(doer, county, new)
    moved = reckon_county(county.pk, contexts_of(doer), new.valid_from)
    why, key = f"{new.spec.label}变更", f"moved:parameter:{row.pk}"
    tell_holders(found, key=key, why=why, paper=new.source, today=doer.today)
    return moved


def _own_county(request: Request) -> int:
    if request.viewer.county_id is None:
        raise PermissionDenied
    return request.viewer.county_id


def _spec(field: str) -> Spec:
    spec = BY_FIELD.get(field)
    if spec is None or not spec.is_read:
        raise Http404
    return spec


def _line(
    spec: Spec, rows: dict[str, Parameter], coming: dict[str, Parameter], waiting: set[str]
) -> ParameterLine:
    row, later = rows.get(spec.code), coming.get(spec.code)
    value = row.value if row else spec.default
    words = f"{full_day_words(later.valid_from)}起{words_of(spec, later.value)}" if later else ""
    return ParameterLine(
        spec,
        words_of(spec, value),
        unit_of(spec),
        row.valid_from if row else None,
        _source(spec, row, waiting),
        words,
    )


def _source(spec: Spec, row: Parameter | None, waiting: set[str]) -> str:
    if spec.code in waiting:
        return f"系统默认值，依据{spec.source}，请本县确认"
    return row.source if row else spec.source


def _told(
    spec: Spec,
    row: Parameter,
    standing: set[int],
    in_force: Parameter | None,
    today: date,
    may_set: bool,
) -> ValueRow:
    is_coming = row.pk in standing and row.valid_from > today
    if row.is_withdrawn:
        state = "撤回"
    elif row.pk not in standing:
        state = "已更正"
    elif is_coming:
        state = "将要生效"
    else:
        state = "现行" if in_force and row.pk == in_force.pk else "以前"
    return ValueRow(row, full_words_of(spec, row.value), state, is_coming and may_set)


def _crumbs(*labels: str) -> list[dict[str, str]]:
    first = {"label": "期限参数", "url": reverse("parameters")}
    return [first, *({"label": label, "url": ""} for label in labels)]
