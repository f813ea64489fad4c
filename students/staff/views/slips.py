"""Prints first passwords: of who has none yet, and anew of who never chose an own one."""

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts import actions as accounts
from foundation.accounts.models import Person, Post
from foundation.accounts.querysets import held_on
from foundation.accounts.requests import Request, address_on_slips, needs
from foundation.accounts.roles import ROLES
from foundation.pages.paging import page_of
from students.staff.forms import SlipsFilter
from students.staff.views.common import RIGHTS, account_doer_with, crumbs, posts_seen, show_slips

AT_ONCE = 120  # slips; hashing a password is slow on purpose, so this many take some seconds
LEFT = "一次最多打印{most}张，还有{left}人没有打印，印好这些再接着印。"
BESIDE = 100  # rows of a page, the most that a page of a list has


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*RIGHTS)
def slips(request: Request) -> HttpResponse:
    """Choose whose slips to print, by unit; a POST shows them once."""
    form = SlipsFilter(request.GET)
    waiting = _waiting(request, form)
    if request.method == "POST":
        return _print(request, waiting)
    held = Prefetch("posts", _posts(request), to_attr="held")
    context = {
        "form": form,
        "filtered": bool(form.changed_data),
        "prints_anew": form.prints_anew,
        "page_obj": page_of(request, waiting.prefetch_related(held), usual=BESIDE),
        "total": waiting.count(),
        "at_once": AT_ONCE,
        **address_on_slips(request),
        "crumbs": crumbs(("登录单", "")),
    }
    return render(request, "staff/waiting.html", context)


def _posts(request: Request) -> QuerySet[Post]:
    return posts_seen(request).filter(held_on(clock.today()))


def _waiting(request: Request, form: SlipsFilter) -> QuerySet[Person]:
    everybody = Person.objects.visible_to(request.viewer)
    people = everybody.on_a_slip() if form.prints_anew else everybody.without_password()
    here = people.filter(pk__in=form.at_unit(_posts(request)).values("person_id"))
    # First passwords of county posts come with the second person's confirmation.
    two = Post.objects.filter(role__in=[role.code for role in ROLES if role.needs_two])
    return here.exclude(pk__in=two.values("person_id")).order_by("name", "pk")


def _print(request: Request, waiting: QuerySet[Person]) -> HttpResponse:
    if "all" not in request.POST:
        typed = request.POST.getlist("person")
        asked = [int(pk) for pk in typed if pk.isdecimal() and len(pk) < 19]
        waiting = waiting.filter(pk__in=asked)
    chosen, act = list(waiting[:AT_ONCE]), account_doer_with(request)
    left = waiting.count() - len(chosen)
    try:
        if not chosen:
            raise accounts.Refused("请先勾选要打印登录单的人员。")
        made = accounts.give_first_passwords(act, chosen)
    except accounts.Refused as refused:
        messages.error(request, str(refused))
        return redirect("staff:slips")
    if left > 0:
        messages.warning(request, LEFT.format(most=AT_ONCE, left=left))
    return show_slips(request, made, request.get_full_path())
