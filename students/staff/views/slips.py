"""Prints first passwords for accounts that have no password yet."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts import actions as accounts
from foundation.accounts.models import Person, Post
from foundation.accounts.querysets import held_on
from foundation.accounts.requests import Request, needs
from foundation.accounts.roles import ROLES
from foundation.paging import page_of
from students.staff.views.common import RIGHTS, account_doer_with, crumbs, posts_seen, show_slips

AT_ONCE = 40  # slips; hashing a password is slow on purpose, so this many take some seconds


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*RIGHTS)
def slips(request: Request) -> HttpResponse:
    """Choose whose slips to print; a POST shows them once."""
    page = page_of(request, _waiting(request), usual=20)
    if request.method == "POST":
        return _print(request)
    context = {
        "page_obj": page,
        "at_once": AT_ONCE,
        "crumbs": crumbs(("登录单", "")),
    }
    return render(request, "staff/waiting.html", context)


def _waiting(request: Request) -> QuerySet[Person]:
    posts = posts_seen(request).filter(held_on(clock.today()))
    people = Person.objects.visible_to(request.viewer).without_password()
    here = people.filter(pk__in=posts.values("person_id"))
    # First passwords of county posts come with the second person's confirmation.
    two = Post.objects.filter(role__in=[role.code for role in ROLES if role.needs_two])
    return here.exclude(pk__in=two.values("person_id")).order_by("name", "pk")


def _print(request: Request) -> HttpResponse:
    asked = [int(pk) for pk in request.POST.getlist("person") if pk.isdecimal() and len(pk) < 19]
    chosen = list(_waiting(request).filter(pk__in=asked)[: AT_ONCE + 1])
    act = account_doer_with(request)
    try:
        if not chosen:
            raise accounts.Refused("请先勾选要打印登录单的人员。")
        if len(chosen) > AT_ONCE:
            raise accounts.Refused(f"一次最多打印{AT_ONCE}张，请分几次打印。")
        made = accounts.give_first_passwords(act, chosen)
    except accounts.Refused as refused:
        messages.error(request, str(refused))
        return redirect("staff:slips")
    return show_slips(request, made, reverse("staff:slips"))
