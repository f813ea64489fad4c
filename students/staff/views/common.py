"""What the pages of people share: the units a viewer manages, breadcrumbs, and confirming an
act."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from foundation.accounts.actions import PasswordSlip, Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Person, Post, Unit
from foundation.accounts.models.people import managed_units
from foundation.accounts.requests import Request, account_doer_of, address_on_slips, doer_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost
from students.roster.models import School

RIGHTS = (Right.MANAGE_STAFF, Right.MANAGE_PEOPLE)
LIST = {"label": "人员", "name": "staff:people"}


def doer_with(request: Request, reason: str = "") -> Doer:
    """Return the doer of an act on posts or classes with the given reason."""
    return replace(doer_of(request, _held(request)), reason=reason)


def account_doer_with(request: Request, reason: str = "") -> Doer:
    """Return the doer of an act on passwords, locks or phones. The time is real, also when the
    demo's clock is shifted: what it sets ends by the real clock."""
    return replace(account_doer_of(request, _held(request)), reason=reason)


def _held(request: Request) -> HeldPost | None:
    return next((p for p in request.viewer.posts if set(RIGHTS) & p.role.rights), None)


def units_of(request: Request) -> QuerySet[Unit]:
    """Return the units whose people the viewer manages."""
    found = Unit.objects.filter(managed_units(request.viewer), is_open=True)
    return found.select_related("school", "region", "parent").order_by("kind", "name", "pk")


def schools_of(request: Request) -> QuerySet[School]:
    """Return the schools whose people the viewer manages."""
    found = School.objects.filter(managed_units(request.viewer, "unit__"))
    return found.select_related("unit").order_by("unit__name", "pk")


def school_or_404(request: Request, pk: int) -> School:
    found: School = get_object_or_404(schools_of(request), pk=pk)
    return found


def school_asked(request: Request) -> School | None:
    """The school that ``school`` of the address names, or the only one; none where many may be
    meant. Raises Http404 for a school whose people the viewer does not manage."""
    asked = request.GET.get("school", "")
    if asked:
        return school_or_404(request, int(asked) if asked.isdecimal() and len(asked) < 10 else 0)
    found = list(schools_of(request)[:2])
    return found[0] if len(found) == 1 else None


def substitutes_url(school_id: int) -> str:
    """The page of a school's substitutes."""
    return f"{reverse('staff:substitutes')}?school={school_id}"


def person_or_404(request: Request, pk: int) -> Person:
    found: Person = get_object_or_404(Person.objects.visible_to(request.viewer), pk=pk)
    return found


def posts_seen(request: Request) -> QuerySet[Post]:
    """Return posts at the viewer's units: posts elsewhere are not shown."""
    found = Post.objects.filter(managed_units(request.viewer, "unit__"))
    return found.select_related(
        "person", "unit", "granted_by__person", "granted_by__unit", "ended_by__person"
    ).order_by("-starts_on", "-pk")


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """Return the breadcrumbs below the list of people."""
    trail = [{"label": LIST["label"], "url": reverse(LIST["name"])}]
    return trail + [{"label": label, "url": url} for label, url in more]


def person_crumb(person: Person) -> tuple[str, str]:
    return person.name, reverse("staff:person", args=[person.pk])


def asked(
    request: Request,
    person: Person,
    form: forms.Form,
    act: Callable[[forms.Form], HttpResponse],
    **words: Any,
) -> HttpResponse:
    """Show the form of an act on a person, or do the act; status 422 when the form is wrong."""
    if form.is_valid():
        try:
            return act(form)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        "form": form,
        "back_url": reverse("staff:person", args=[person.pk]),
        "crumbs": crumbs(person_crumb(person), (words["heading"], "")),
        **words,
    }
    return render(request, "parts/confirm.html", context, status=422 if form.is_bound else 200)


def show_slips(
    request: Request,
    slips: list[PasswordSlip],
    back_url: str,
    path: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    """Show the slips once: the passwords are stored nowhere and cannot be shown again.

    ``path`` are the breadcrumbs where the slips are not made under 人员.
    """
    context = {
        "slips": slips,
        **address_on_slips(request),
        "back_url": back_url,
        "crumbs": path or crumbs(("登录单", "")),
    }
    return render(request, "staff/slips.html", context)
