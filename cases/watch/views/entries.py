"""What a school records of a child on the 重点关注 ledger."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from cases.watch import actions
from cases.watch.forms import PutOnForm, ReviseForm, SupportForm, TakeOffForm
from cases.watch.models import Entry
from cases.watch.places import school_of
from cases.watch.views.common import crumbs
from foundation import clock
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from students.roster.models import Child
from students.roster.pupils.views.asking import ask, typed

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@_FORM
@needs(Right.MANAGE_WATCH)
def put_on(request: Request, pk: int) -> HttpResponse:
    """Put a child on the ledger."""
    today = clock.today()
    rows = Child.objects.visible_to(request.viewer, today, Right.MANAGE_WATCH)
    child = get_object_or_404(rows, pk=pk)
    form = PutOnForm(
        typed(request),
        school_id=school_of(child.pk, today),
        day=today,
        initial={"starts_on": today},
    )

    def act() -> None:
        starts_on = form.cleaned_data["starts_on"]
        actions.put_on(doer_of(request), child, form.plan, starts_on)

    return _ask(request, child, form, act, ("列入重点关注", "列入"))


@_FORM
@needs(Right.MANAGE_WATCH)
def revise(request: Request, pk: int) -> HttpResponse:
    """Change the plan and the helper of a child."""
    entry, today = _entry(request, pk, Right.MANAGE_WATCH), clock.today()
    form = ReviseForm(
        typed(request),
        school_id=school_of(entry.child_id, today),
        day=today,
        initial={
            "risks": entry.risks,
            "signs": entry.signs,
            "helper": entry.helper_id,
            "measures": entry.measures,
            "version": entry.version,
        },
    )

    def act() -> None:
        entry.version = form.cleaned_data["version"]
        reason = form.cleaned_data["reason"]
        actions.revise(doer_of(request), entry, form.plan, reason)

    return _ask(request, entry.child, form, act, ("调整帮扶", "保存"))


@_FORM
@needs(Right.RECORD_SUPPORT)
def support(request: Request, pk: int) -> HttpResponse:
    """Record what was done for a child."""
    entry = _entry(request, pk, Right.RECORD_SUPPORT)
    form = SupportForm(typed(request), initial={"day": clock.today()})

    def act() -> None:
        data = form.cleaned_data
        actions.note_support(doer_of(request), entry, data["day"], data["text"])

    return _ask(request, entry.child, form, act, ("登记帮扶记录", "保存"))


@_FORM
@needs(Right.MANAGE_WATCH)
def take_off(request: Request, pk: int) -> HttpResponse:
    """Take a child off the ledger."""
    entry = _entry(request, pk, Right.MANAGE_WATCH)
    form = TakeOffForm(typed(request), initial={"day": clock.today(), "version": entry.version})

    def act() -> None:
        data = form.cleaned_data
        entry.version = data["version"]
        told = data["day"], data["ending"], data["text"]
        actions.take_off(doer_of(request), entry, *told)

    return _ask(request, entry.child, form, act, ("移出重点关注", "移出"))


def _entry(request: Request, pk: int, right: Right) -> Entry:
    rows = Entry.objects.visible_to(request.viewer, clock.today(), right)
    entry: Entry = get_object_or_404(rows.select_related("child"), pk=pk)
    return entry


def _ask(
    request: Request,
    child: Child,
    form: forms.Form,
    act: Callable[[], Any],
    words: tuple[str, str],
) -> HttpResponse:
    heading, label = words
    page, verb = "watch:pupil", "read_warning"
    return ask(
        request, child, form, act, heading, label=label, page=page, verb=verb, above=crumbs()
    )
