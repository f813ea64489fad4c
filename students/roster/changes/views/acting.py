"""One page for each step of a change; the steps come from MOVES (rules/change_kinds.py)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.doer import Doer
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from students.roster.changes.acts.recording import refuse_change, settle_death, withdraw_change
from students.roster.changes.acts.suspensions import approve_suspension, file_suspension
from students.roster.changes.acts.transfers import (
    agree_transfer,
    confirm_arrival,
    settle_transfer,
)
from students.roster.changes.forms import MoveForm, class_choices
from students.roster.changes.views.common import (
    REFUSALS,
    change_or_404,
    crumbs,
    form_page,
    name_in,
    stands_for,
)
from students.roster.models import Change, SchoolClass
from students.roster.rules.change_kinds import MOVES, ChangeAct, ChangeMove, Effect, State, moves_of
from students.roster.rules.grades import is_at_school, school_year_of

Do = Callable[[Change, MoveForm, Doer], Change]
_SETTLE_TRANSFER = "settle_transfer"
# Act → the names of the form fields it needs.
ASKS: Mapping[str, tuple[str, ...]] = {
    ChangeAct.AGREE: ("left_on",),
    ChangeAct.CONFIRM: ("arrived_on", "class_id"),
    ChangeAct.SETTLE: ("number",),
    _SETTLE_TRANSFER: ("arrived_on",),
    ChangeAct.APPROVE: ("opinion",),
    ChangeAct.FILE: ("number",),
    ChangeAct.REFUSE: ("words",),
    ChangeAct.WITHDRAW: ("words",),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RECORD_CHANGE, Right.APPROVE_SUSPENSION, Right.FILE_SUSPENSION)
def step(request: Request, pk: int, act: str) -> HttpResponse:
    """Show the form of a step, or do the step.

    Answers 403 when the viewer is not on the step's side, 422 when the state does not allow it any
    more.
    """
    change = change_or_404(request, pk)
    move, is_open = _move(request, change, act)
    form = MoveForm(
        ASKS[_key(change, move)],
        _papers(change, move),
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        classes=_classes(request, change),
    )
    if not is_open:
        return _page(request, change, move, form, 422)
    if request.method == "POST" and form.is_valid():
        by = doer_of(request)
        try:
            _ACTS[_key(change, move)](change, form, by)
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已{move.label}。")
            return redirect("changes:change", pk=change.pk)
    return _page(request, change, move, form, 422 if request.method == "POST" else 200)


def _move(request: Request, change: Change, act: str) -> tuple[ChangeMove, bool]:
    """Return the move of the act for the viewer, and whether the state allows it now."""
    known = [m for m in MOVES if m.act == act and change.rule.effect in m.effects]
    if not known:
        raise Http404
    open_moves = moves_of(change.rule, State(change.state))
    own = [move for move in known if stands_for(change, move, request.viewer)]
    if not own:
        raise PermissionDenied
    now = next((move for move in own if move in open_moves), None)
    return now or own[0], now is not None


def _key(change: Change, move: ChangeMove) -> str:
    is_transfer = move.act is ChangeAct.SETTLE and change.rule.effect is Effect.LET_GO
    return _SETTLE_TRANSFER if is_transfer else move.act


def _papers(change: Change, move: ChangeMove) -> tuple[str, ...]:
    if move.act is ChangeAct.AGREE:
        return change.rule.proofs
    return change.rule.settled_by if move.act is ChangeAct.SETTLE else ()


def _classes(request: Request, change: Change) -> list[tuple[Any, str]]:
    today = clock.today()
    year = school_year_of(today)
    rows = SchoolClass.objects.visible_to(request.viewer, today).taught_on(today)
    own = rows.filter(school_id=change.to_school_id)
    return class_choices([c for c in own if is_at_school(c.stage, c.entry_year, year)], year)


def _page(
    request: Request, change: Change, move: ChangeMove, form: MoveForm, status: int
) -> HttpResponse:
    audit.record(origin_of(request), "open_form", "change", change.pk, children=[change.child_id])
    return form_page(
        request,
        form,
        status,
        heading=f"{change.kind_label}：{move.label}",
        intro=name_in(change, request.viewer),
        hints=[f"现为「{change.state_label}」。"],
        action_label=move.label,
        is_danger=move.act in (ChangeAct.REFUSE, ChangeAct.WITHDRAW),
        is_closed=move not in moves_of(change.rule, State(change.state)),
        change=change,
        crumbs=crumbs(move.label),
    )


_ACTS: Mapping[str, Do] = {
    ChangeAct.AGREE: lambda c, f, by: agree_transfer(by, c.pk, f.cleaned_data["left_on"], f.papers),
    ChangeAct.CONFIRM: lambda c, f, by: confirm_arrival(
        by, c.pk, int(f.cleaned_data["class_id"]), f.cleaned_data["arrived_on"]
    ),
    _SETTLE_TRANSFER: lambda c, f, by: settle_transfer(
        by, c.pk, f.cleaned_data["arrived_on"], f.papers
    ),
    ChangeAct.SETTLE: lambda c, f, by: settle_death(by, c.pk, f.cleaned_data["number"]),
    ChangeAct.APPROVE: lambda c, f, by: approve_suspension(by, c.pk, f.cleaned_data["opinion"]),
    ChangeAct.FILE: lambda c, f, by: file_suspension(by, c.pk, f.cleaned_data["number"]),
    ChangeAct.REFUSE: lambda c, f, by: refuse_change(by, c.pk, f.cleaned_data["words"]),
    ChangeAct.WITHDRAW: lambda c, f, by: withdraw_change(by, c.pk, f.cleaned_data["words"]),
}
