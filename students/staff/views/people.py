"""The list of people, one person, taking on a new person, and the history of granted posts."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.accounts import actions as accounts
from foundation.accounts.doer import Doer
from foundation.accounts.door.fresh import fresh_to_post
from foundation.accounts.door.lockout import locked_usernames
from foundation.accounts.models import PeopleRequest, Person, Post
from foundation.accounts.people.areas import grantable
from foundation.accounts.people.sealing import seal_of
from foundation.accounts.people.views import has_phones
from foundation.accounts.querysets import held_on
from foundation.accounts.requests import Request, needs
from foundation.accounts.seconding.rules import NO_REASON, needs_two, oldest_alive
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from students.staff.acts.posts import may_resume, take_on_staff
from students.staff.class_teachers import class_lines, class_words, with_classes
from students.staff.forms import GrantFilter, StaffFilter, StaffForm
from students.staff.plan import StaffPlan, code_of, plan_staff
from students.staff.sheet import StaffRow, staff_row
from students.staff.views.common import (
    RIGHTS,
    account_doer_with,
    crumbs,
    doer_with,
    person_crumb,
    person_or_404,
    posts_seen,
    schools_of,
    show_slips,
    units_of,
)
from students.staff.views.tables import StaffTable, account_table, grant_table


@require_safe
@needs(*RIGHTS)
def people(request: Request) -> HttpResponseBase:
    """Everybody who holds or held a post at the viewer's units; the address holds every filter."""
    today = clock.today()
    everybody = Person.objects.visible_to(request.viewer).order_by("name", "pk")
    locked = locked_usernames(timezone.now())
    found = StaffFilter(
        request.GET,
        everybody,
        today=today,
        locked=locked,
        viewer=request.viewer,
        units=units_of(request).count(),
    )
    table = account_table(StaffTable, found.qs, with_classes(posts_seen(request)), locked, today)
    context = {
        **list_context(request, table, found.filters),
        "filter": found,
        "tallies": _tallies(request, locked),
    }
    return show_list(request, "staff/list.html", context)


def _tallies(request: Request, locked: list[str]) -> list[dict[str, Any]]:
    """Return how many people in post today need something, each with the link to their list."""
    today, real, here = clock.today(), timezone.localdate(), reverse("staff:people")
    posts = posts_seen(request).filter(held_on(today))
    now = Person.objects.visible_to(request.viewer).filter(pk__in=posts.values("person_id"))
    counts = (
        ("现任人员", now.count(), here, ""),
        ("还没有登录单", now.without_password().count(), reverse("staff:slips"), "today"),
        ("登录锁定", now.filter(username__in=locked).count(), f"{here}?state=locked", "overdue"),
        ("150天未用，即将封存", now.soon_sealed(real).count(), f"{here}?state=soon", "soon"),
        ("已封存", now.sealed(real).count(), f"{here}?state=sealed", "paused"),
    )
    return [dict(zip(("label", "count", "url", "state"), one, strict=True)) for one in counts]


@require_safe
@needs(*RIGHTS)
def person(request: Request, pk: int) -> HttpResponse:
    who, today = person_or_404(request, pk), clock.today()
    posts = list(with_classes(posts_seen(request).filter(person=who)))
    context = {
        "who": who,
        "locked": bool(locked_usernames(timezone.now(), [who.username])),
        "seal": seal_of(who),
        "signed_in_at": clock.shown(who.last_login),
        "has_phones": has_phones(who, request.viewer.county_id),
        "has_factor": accounts.has_factor(who),
        "manages": _manages(request, who),
        "waits": PeopleRequest.objects.visible_to(request.viewer)
        .waiting()
        .filter(person=who, requested_at__gte=oldest_alive(timezone.now()))
        .exists(),
        "is_self": who.pk == request.viewer.person_id,
        "posts": [_post(post, today) for post in posts],
        "is_here": any(post.ends_on is None or post.ends_on >= today for post in posts),
        "today": today,
        "crumbs": crumbs((who.name, "")),
    }
    return render(request, "staff/person.html", context)


def _manages(request: Request, who: Person) -> bool:
    """Whether the viewer may act on the account: he may grant every post that the person holds."""
    try:
        accounts.check_may_manage(who, request.viewer, clock.today(), with_second=True)
    except accounts.Refused:
        return False
    return True


def _post(post: Post, today: Any) -> dict[str, Any]:
    return {
        "post": post,
        "may_end": post.ends_on is None or post.ends_on >= today,
        "may_resume": may_resume(post, today),
        "classes": class_words(post, today),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*RIGHTS)
@fresh_to_post
def add(request: Request) -> HttpResponse:
    """Take on a new person with a first post; the slip with the first password follows at once."""
    return _take_on(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*RIGHTS)
@fresh_to_post
def grant(request: Request, pk: int) -> HttpResponse:
    """Grant one more post to a person with an account."""
    return _take_on(request, person_or_404(request, pk))


def _take_on(request: Request, known: Person | None) -> HttpResponse:
    form = _staff_form(request, known)
    if form.is_valid():
        try:
            found = _write(request, form, known)
        except accounts.Refused as refused:
            form.add_error(None, str(refused))
        else:
            if isinstance(found, Person):
                return _after(request, found)
            if found is not None:
                return found
    title = f"登记{known.name}的任职" if known else "新增人员"
    trail = [person_crumb(known)] if known else []
    context = {"form": form, "title": title, "known": known, "crumbs": crumbs(*trail, (title, ""))}
    return render(request, "staff/add.html", context, status=422 if form.is_bound else 200)


def _staff_form(request: Request, known: Person | None) -> StaffForm:
    schools, today = list(schools_of(request)[:2]), clock.today()
    classes = []
    if len(schools) == 1:
        lines = class_lines(schools[0].pk, today)
        classes = [line.name for line in lines if line.held is None and not line.later]
    return StaffForm(
        request.POST if request.method == "POST" else None,
        roles=grantable(request.viewer),
        units=units_of(request),
        classes=classes,
        known=known is not None,
        initial={"starts_on": today},
    )


def _write(request: Request, form: StaffForm, known: Person | None) -> Person | HttpResponse | None:
    """Take the person on; returns None when the form has to be shown again.

    Returns the answer itself where only a request was made.
    """
    row = _row(form, known)
    plan = plan_staff(request.viewer, [row], clock.today())[0]
    for problem in plan.problems:
        form.add_error(None, f"{problem.label}：{problem.message}")
    if not plan.problems and needs_two([plan.role]) and not form.cleaned_data["reason"].strip():
        form.add_error("reason", NO_REASON)
    are_others = form.cleaned_data.get("are_others", False)
    if plan.namesake and not are_others:
        form.ask_about(plan.namesake)
    if form.errors:
        return None
    act = doer_with(request, form.cleaned_data["reason"])
    if needs_two([plan.role]):
        return _ask_second(request, account_doer_with(request, act.reason), plan)
    found = take_on_staff(act, [row], are_others=are_others)
    if not found:
        raise accounts.Refused("此人已有这项任职，无需再次登记。")
    return found[0]


def _ask_second(request: Request, act: Doer, plan: StaffPlan) -> HttpResponse:
    """Ask for the post: it reaches the whole county, so another person confirms it."""
    assert plan.unit is not None
    assert plan.starts_on is not None
    accounts.request_post(
        act,
        username=plan.row.login,
        name=plan.row.name,
        role=plan.role,
        unit=plan.unit,
        starts_on=plan.starts_on,
    )
    messages.success(request, f"{plan.row.name}的任职申请已提交，由另一人确认后生效。")
    return redirect("people_requests")


def _row(form: StaffForm, known: Person | None) -> StaffRow:
    typed = form.cleaned_data
    return staff_row(
        0,
        name=known.name if known else typed["name"].strip(),
        login=known.username if known else typed["login"],
        role=typed["role"],
        unit=code_of(typed["unit"]),
        class_name=typed["class_name"],
        starts_on=typed["starts_on"],
    )


def _after(request: Request, who: Person) -> HttpResponse:
    back = reverse("staff:person", args=[who.pk])
    messages.success(request, f"已登记{who.name}的任职。")
    if who.has_usable_password():
        return redirect(back)
    slips = accounts.give_first_passwords(account_doer_with(request), [who])
    return show_slips(request, slips, back)


@require_safe
@needs(*RIGHTS)
def grants(request: Request) -> HttpResponseBase:
    """Who was granted which post, by whom, when and why, and who ended it."""
    today = clock.today()
    form = GrantFilter(request.GET or None)
    conditions = {
        "now": held_on(today),
        "past": Q(ends_on__lt=today),
        "ahead": Q(starts_on__gt=today),
    }
    posts = posts_seen(request).order_by("-granted_at", "-pk")
    table = grant_table(form.chosen(posts, conditions), today)
    context = {
        **list_context(request, table, form.fields),
        "form": form,
        "crumbs": crumbs(("任职记录", "")),
    }
    return show_list(request, "staff/grants.html", context)
