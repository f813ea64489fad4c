"""The context shared by every page: menu, person, county, warnings, unread messages."""

from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from foundation import clock
from foundation.accounts.factors.rules import FACTOR_UNTIL
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.lists.page import goes_of
from kongchuo.help.links import help_for
from kongchuo.web.frame import frame_of


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of base.html.

    Parts that need the database are lazy, so a fragment of a page costs none. A whole page costs
    one query (kongchuo/web/frame.py).
    """
    now = clock.now()
    frame = frame_of(request, now.date())
    viewer = frame.viewer
    return {
        "frame": frame,
        "county_name": SimpleLazyObject(lambda: frame.county.name),
        "help_phone": SimpleLazyObject(lambda: frame.county.phone),
        "help_url": SimpleLazyObject(partial(_help_from, viewer, request)),
        "person": viewer.name,
        "acting": "；".join(f"{post.unit_name} · {post.role.label}" for post in viewer.posts),
        "phone_only": viewer.phone_id is not None,
        "opens_county": viewer.has(Right.OPEN_COUNTY),
        "asleep": any(post.asleep for post in viewer.posts),
        "factor_until": _factor_until(request),
        "icp": settings.ICP,
        "goes": SimpleLazyObject(partial(goes_of, viewer)),
        "home_url": SimpleLazyObject(lambda: frame.home_url),
        "unread": SimpleLazyObject(lambda: frame.unread),
        "calendar_warning": SimpleLazyObject(lambda: frame.warning),
        "clock_shifted": now.date() != timezone.localdate(),
        "today": now.date(),
        "printed_at": now,
    }


def _factor_until(request: HttpRequest) -> date | None:
    """The last day without a second factor, where one is demanded and none is set yet."""
    until = request.session.get(FACTOR_UNTIL) if hasattr(request, "session") else None
    return date.fromisoformat(until) if until else None


def _help_from(viewer: Viewer, request: HttpRequest) -> str:
    return help_for(viewer, request.resolver_match.view_name if request.resolver_match else "")
