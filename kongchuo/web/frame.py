"""What stands around every page, asked once a request: county, calendar, unread messages, menu."""

from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse

from cases.models import Deadline
from foundation.accounts.models import Unit
from foundation.accounts.querysets import CountyFacts, county_facts
from foundation.accounts.viewer import NOBODY, Viewer
from foundation.files.models import Emblem
from foundation.messaging.models import Message
from foundation.messaging.querysets import addresses_of
from foundation.prepared import prepared
from kongchuo.web.navigation import Menu, menu
from students.calendars.coverage import calendar_warning
from students.calendars.querysets import calendars_known

MOST_UNREAD = 99  # how far unread messages are counted


class Frame:
    """The parts of one request's frame. A part that no page asks for costs nothing."""

    def __init__(self, viewer: Viewer, path: str, today: date) -> None:
        self.viewer, self.path, self.today = viewer, path, today

    @cached_property
    def menu(self) -> Menu:
        """The menu with the entry of this page."""
        return menu(self.viewer, self.path)

    @property
    def county(self) -> CountyFacts:
        """Name and telephone of the county."""
        return self._asked[0]

    @property
    def warning(self) -> str:
        """What of the calendar the county has not entered yet, in words; mostly nothing."""
        return self._asked[1]

    @property
    def unread(self) -> str:
        """How many messages are unread, 「99+」 at most; nothing where none is, or on a phone that
        only calls the roll."""
        found = 0 if self.viewer.phone_id is not None else self._asked[2]
        return f"{MOST_UNREAD}+" if found > MOST_UNREAD else str(found or "")

    @cached_property
    def emblem(self) -> str:
        """The address of the county's emblem; empty where it has none."""
        token = self._asked[3] if self.viewer.county_id else self._public_emblem()
        return reverse("emblem", args=[token]) if token else ""

    def _public_emblem(self) -> Any:
        """The emblem before the sign-in: that of the only county."""
        return Emblem.objects.order_by("-pk").values_list("token", flat=True).first()

    @cached_property
    def home_url(self) -> str:
        """Where the title leads: the day's work, or the roll call on such a phone."""
        return reverse("home" if self.viewer.phone_id is None else "roll")

    @cached_property
    def _asked(self) -> tuple[CountyFacts, str, int, Any]:
        """County, warning, number of unread messages and emblem, in one query."""
        county = self.viewer.county_id
        if county is None:
            return county_facts(None), "", 0, None
        posts, units = addresses_of(self.viewer)
        rows = _around(
            county=county,
            person=self.viewer.person_id,
            posts=posts,
            units=units,
            today=self.today,
            this=self.today.year,
            following=self.today.year + 1,
        )
        if not rows:
            return CountyFacts(), "", 0, None
        name, phone, this_year, next_year, term, last_due, unread, emblem = rows[0]
        known = {"this_year": this_year, "next_year": next_year, "term": term}
        known["falls_beyond"] = bool(last_due and last_due.year > self.today.year)
        return CountyFacts(name, phone), calendar_warning(self.today, **known), unread, emblem


def frame_of(request: HttpRequest, today: date) -> Frame:
    """The frame of a request; made by the first who asks for it."""
    frame: Frame | None = getattr(request, "frame", None)
    if frame is None:
        frame = Frame(getattr(request, "viewer", NOBODY), request.path, today)
        request.frame = frame  # type: ignore[attr-defined]
    return frame


@prepared
def _around(
    *, county: Any, person: Any, posts: Any, units: Any, **days: Any
) -> QuerySet[Unit, Any]:
    unread = Message.objects.addressed_to(posts, units).unread_by(person).order_by().values("pk")
    known = calendars_known(county, **days)
    counted = Func(
        ArraySubquery(unread[: MOST_UNREAD + 1]),
        function="cardinality",
        output_field=IntegerField(),
    )
    # The last day itself, by the index of open duties from its end: whether one lies beyond a day
    # would be asked of every duty, since the plan is made for any day.
    owed = Deadline.objects.owed().filter(case__county_id=county)
    last_due = Subquery(owed.order_by("-due_on").values("due_on")[:1])
    newest = Emblem.objects.filter(county=OuterRef("pk")).order_by("-pk").values("token")
    emblem = Subquery(newest[:1])
    rows = Unit.objects.filter(pk=county).annotate(
        **known, last_due=last_due, unread=counted, emblem=emblem
    )
    return rows.values_list("region__name", "phone", *known, "last_due", "unread", "emblem")
