"""The context shared by every page: menu, person, county, warnings, unread messages."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from foundation import clock
from foundation.accounts.querysets import county_facts
from foundation.accounts.viewer import NOBODY, Viewer
from foundation.messaging.models import Message
from foundation.messaging.querysets import addresses_of
from foundation.prepared import prepared
from kongchuo.help.links import help_for
from kongchuo.navigation import menu
from students.calendars.querysets import calendar_banner

MOST_UNREAD = 99  # how far unread messages are counted


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of base.html.

    Parts that need a query are lazy, so a fragment of a page costs none. A whole page costs three:
    the county, the calendar, the unread messages.
    """
    viewer: Viewer = getattr(request, "viewer", NOBODY)
    county = SimpleLazyObject(partial(county_facts, viewer.county_id))
    today, phone_only = clock.today(), viewer.phone_id is not None
    return {
        "county_name": SimpleLazyObject(lambda: county.name),
        "help_phone": SimpleLazyObject(lambda: county.phone),
        "help_url": SimpleLazyObject(partial(_help_from, viewer, request)),
        "nav": menu(viewer, request.path),
        "person": viewer.name,
        "acting": "；".join(f"{post.unit_name} · {post.role.label}" for post in viewer.posts),
        "unread": "" if phone_only else SimpleLazyObject(partial(_unread, viewer)),
        "phone_only": phone_only,
        "home_url": reverse("roll" if phone_only else "home"),
        "calendar_warning": SimpleLazyObject(partial(calendar_banner, viewer.county_id, today)),
        "clock_shifted": today != timezone.localdate(),
        "today": today,
        "printed_at": clock.now(),
    }


def _help_from(viewer: Viewer, request: HttpRequest) -> str:
    return help_for(viewer, request.resolver_match.view_name if request.resolver_match else "")


def _unread(viewer: Viewer) -> str:
    if not viewer.posts:
        return ""
    posts, units = addresses_of(viewer)
    found = len(_first_unread(person=viewer.person_id, posts=posts, units=units))
    return f"{MOST_UNREAD}+" if found > MOST_UNREAD else str(found or "")


@prepared
def _first_unread(*, person: Any, posts: Any, units: Any) -> QuerySet[Any, Any]:
    unread = Message.objects.addressed_to(posts, units).unread_by(person)
    return unread.values_list("pk", flat=True)[: MOST_UNREAD + 1]
