"""The page behind the QR code of a paper: kind, number, day, valid or void. Nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation.accounts.requests import client_address
from foundation.papers.models import Paper
from foundation.papers.models.checks import count_check

MOST_A_MINUTE = 30


@login_not_required
@never_cache
@require_safe
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Whether a paper is one of this county's; anybody may ask, so many times a minute."""
    address = client_address(request) or "0.0.0.0"
    if count_check(address, timezone.now()) > MOST_A_MINUTE:
        return render(request, "papers/check.html", {"often": True}, status=429)
    paper = Paper.objects.numbered().filter(token=token).defer("text_sealed").first()
    return render(request, "papers/check.html", {"paper": paper}, status=200 if paper else 404)
