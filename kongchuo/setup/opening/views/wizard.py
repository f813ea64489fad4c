"""The checklist, the confirmation of the county's posts, what is still missing."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import clock
from foundation.accounts.actions import PasswordSlip, Refused
from foundation.accounts.models import Person
from foundation.accounts.querysets import viewer_on
from foundation.accounts.requests import Request, account_doer_of, address_on_slips, needs
from foundation.accounts.roles import Right
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from kongchuo.setup.opening.acts import confirming
from kongchuo.setup.opening.acts.officers import has_one_officer
from kongchuo.setup.opening.models import CountyOpening
from kongchuo.setup.opening.progress import progress_of
from kongchuo.setup.opening.progress_table import progress_table
from kongchuo.setup.opening.steps import steps_of
from kongchuo.setup.opening.views.common import county_of, crumbs, opening_of, opening_or_404
from students.staff.views.common import show_slips


@require_safe
@needs(Right.SEE_OPENING)
def wizard(request: Request) -> HttpResponse:
    opening = opening_of(request)
    steps = steps_of(county_of(request), opening, clock.today(), request.viewer)
    context = {
        "opening": opening,
        "steps": steps,
        "one_officer": has_one_officer(opening, clock.today()),
        "done": sum(step.is_done for step in steps),
        "next": next((step for step in steps if not step.is_done), None),
    }
    return render(request, "opening/wizard.html", context)


@sensitive_variables("slips")
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SEE_OPENING)
def posts(request: Request) -> HttpResponse:
    """The posts that sleep; the second person's POST wakes them and shows the first slips."""
    opening = opening_or_404(request)
    if request.method == "POST":
        try:
            slips = _confirmed(request, opening)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("opening:posts")
        if not slips:
            return redirect("opening:wizard")
        path = crumbs("确认县级任职", "登录单")
        return show_slips(request, slips, reverse("opening:wizard"), path)
    waiting = list(confirming.sleeping(opening))
    context = {
        "opening": opening,
        "posts": waiting,
        "mark": confirming.seen_mark(waiting),
        "is_second": request.viewer.person_id == opening.second_id,
        **address_on_slips(request),
        "may_call_off": request.viewer.has(Right.OPEN_COUNTY),
        "crumbs": crumbs("确认县级任职"),
    }
    return render(request, "opening/posts.html", context)


def _confirmed(request: Request, opening: CountyOpening) -> list[PasswordSlip]:
    mark = request.POST.get("mark", "")
    slips = confirming.confirm_posts(account_doer_of(request), opening, mark)
    messages.success(request, "县级任职已确认，从现在起可以使用。")
    # The slips come with this answer, whose banner must know that the own post has woken.
    assert isinstance(request.user, Person)
    request.viewer = viewer_on(request.user, clock.today())
    return slips


@require_POST
@needs(Right.OPEN_COUNTY)
def call_off(request: Request, pk: int) -> HttpResponse:
    opening = opening_or_404(request)
    post = get_object_or_404(confirming.sleeping(opening), pk=pk)
    try:
        confirming.call_off(account_doer_of(request), opening, post)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已撤下{post.person.name}的「{post.role_label}」。")
    return redirect("opening:posts")


@require_safe
@needs(Right.SEE_OPENING)
def progress(request: Request) -> HttpResponseBase:
    rows = progress_of(county_of(request), clock.today())
    shown = rows if "all" in request.GET else [row for row in rows if row.missing]
    opening = opening_of(request)
    context = {
        **list_context(request, progress_table(shown), ("all",)),
        "opening": opening,
        "one_officer": has_one_officer(opening, clock.today()),
        "total": len(rows),
        "lacking": sum(bool(row.missing) for row in rows),
        "shows_all": "all" in request.GET,
        "may_declare": request.viewer.has(Right.DECLARE_OPENED),
        "crumbs": crumbs("开通进度"),
    }
    return show_list(request, "opening/progress.html", context)
