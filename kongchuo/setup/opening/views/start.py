"""The technician's page: a single-use address makes the county and its first two persons."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts.actions import PasswordSlip, Refused
from foundation.accounts.requests import address_on_slips, origin_by
from kongchuo.setup.opening.acts import addresses, correcting, founding
from kongchuo.setup.opening.forms import CorrectionForm, FoundingForm, SlipsForm, entered_in
from kongchuo.setup.opening.models import CountyOpening

GONE, UNKNOWN = 410, 404


@sensitive_variables("secret", "slips")
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Any, secret: str) -> HttpResponse:
    """The form of the county, read once more before it is written; where it stands already, the
    forms of new first slips and of what was mistyped."""
    if words := addresses.refusal(secret, timezone.now()):
        return _refused(request, words)
    opening = founding.opening_under_way()
    offered = _forms(request, opening)
    form = next((form for form in offered.values() if form.is_bound), None)
    if form is not None and form.is_valid():
        if isinstance(form, FoundingForm) and "checked" not in request.POST:
            act = request.POST.get("act", "")
            context = {"form": form, "act": act, "opening": opening, **address_on_slips(request)}
            return render(request, "opening/check.html", context)
        try:
            return _show(request, _done(request, secret, form))
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"forms": offered, "form": form, "opening": opening, **address_on_slips(request)}
    return render(request, "opening/start.html", context, status=422 if form else 200)


def _forms(request: Any, opening: CountyOpening | None) -> dict[str, Any]:
    """The forms of the page by the name of their act; the one that was sent is bound."""
    kinds: dict[str, Any] = {"found": FoundingForm}
    given: dict[str, Any] = {}
    if opening is not None:
        kinds = {"slips": SlipsForm, "correct": CorrectionForm}
        given = {"correct": entered_in(correcting.as_entered(opening))}
    if request.method != "POST":
        return {name: kind(initial=given.get(name)) for name, kind in kinds.items()}
    act = request.POST.get("act", "")
    act = act if act in kinds else next(iter(kinds))
    if "back" in request.POST:
        given[act] = request.POST.dict()
    return {
        name: kind(request.POST)
        if name == act and "back" not in request.POST
        else kind(initial=given.get(name))
        for name, kind in kinds.items()
    }


def _done(request: Any, secret: str, form: Any) -> list[PasswordSlip]:
    origin, today, now = origin_by(request, None), clock.today(), timezone.now()
    if isinstance(form, SlipsForm):
        who = form.cleaned_data["who"]
        return founding.slips_by_address(secret, who, origin, today, now)
    act = (
        correcting.correct_by_address
        if isinstance(form, CorrectionForm)
        else founding.found_by_address
    )
    return act(secret, form.founding(), origin, today, now)


def _show(request: Any, slips: list[PasswordSlip]) -> HttpResponse:
    if not slips:
        messages.success(request, "已更正。两个人都已改好自己的密码，密码不变。")
        return redirect("account_login")
    context = {
        "slips": slips,
        "lost": True,
        **address_on_slips(request),
        "back_url": reverse("account_login"),
    }
    answer = render(request, "staff/slips.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _refused(request: Any, words: str) -> HttpResponse:
    status = UNKNOWN if words == addresses.UNKNOWN else GONE
    context = {"words": words, "again": addresses.again(words)}
    return render(request, "opening/refused.html", context, status=status)
