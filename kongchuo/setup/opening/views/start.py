"""The technician's page: a single-use address makes the county and its first two persons."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts.actions import PasswordSlip, Refused
from foundation.accounts.requests import origin_by
from kongchuo.setup.opening.acts import addresses, founding
from kongchuo.setup.opening.forms import FoundingForm, SlipsForm

GONE, UNKNOWN = 410, 404


@sensitive_variables("secret", "slips")
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Any, secret: str) -> HttpResponse:
    """The form of the county; where it stands already, the form of new first slips."""
    now = timezone.now()
    if words := addresses.refusal(secret, now):
        return _refused(request, words)
    opening = founding.opening_under_way()
    kind = SlipsForm if opening else FoundingForm
    form = kind(*((request.POST,) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            return _show(request, _done(request, secret, form))
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "opening": opening}
    return render(request, "opening/start.html", context, status=422 if form.is_bound else 200)


def _done(request: Any, secret: str, form: Any) -> list[PasswordSlip]:
    origin, today, now = origin_by(request, None), clock.today(), timezone.now()
    if isinstance(form, SlipsForm):
        who = form.cleaned_data["who"]
        return founding.slips_by_address(secret, who, origin, today, now)
    return founding.found_by_address(secret, form.founding(), origin, today, now)


def _show(request: Any, slips: list[PasswordSlip]) -> HttpResponse:
    context = {
        "slips": slips,
        "address": request.build_absolute_uri("/"),
        "back_url": reverse("account_login"),
    }
    answer = render(request, "staff/slips.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _refused(request: Any, words: str) -> HttpResponse:
    status = UNKNOWN if words == addresses.UNKNOWN else GONE
    context = {"words": words, "again": "" if words == addresses.USED else addresses.AGAIN}
    return render(request, "opening/refused.html", context, status=status)
