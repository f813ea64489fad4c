"""Short words for the tests of the roll: who calls it, and what they send."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.prepared import prepared
from students.attendance.actions import call_roll, take_back_roll
from students.attendance.models import AbsenceSpell, RollCall
from students.attendance.rolls.entries import CallResult, Mark, RollCallEntry, TakeBackEntry
from students.roster.models import Child, SchoolClass
from tests.cast import Cast

ZONE = ZoneInfo("Asia/Shanghai")
WED, THU, FRI = date(2025, 9, 10), date(2025, 9, 11), date(2025, 9, 12)
MON, TUE = date(2025, 9, 15), date(2025, 9, 16)


def at(day: date, hour: int = 7, minute: int = 52) -> datetime:
    """A moment of the day in Asia/Shanghai."""
    return datetime.combine(day, time(hour, minute), ZONE)


def missing(child: Child, kind: str = "unexcused", until: date | None = None, **more: Any) -> Mark:
    """The mark of a child who is not there."""
    return Mark(child.pk, kind, until, **more)


@dataclass
class Caller:
    """One person who calls the roll of our class, under one post."""

    cast: Cast
    role: str = "class_teacher"
    there: bool = False
    sent: list[UUID] = field(default_factory=list)

    def call(
        self, day: date, *marks: Mark, today: date | None = None, session: str = "d", **more: Any
    ) -> CallResult:
        """Send one roll call, of what the page would show now unless ``seen_version`` is given."""
        today = today or day
        school_class = more.pop("school_class", self.cast.here.school_class)
        more.setdefault("seen_version", _version(school_class, day, session))
        entry = RollCallEntry(
            school_class, day, session, marks, more.pop("client_uuid", uuid4()), **more
        )
        self.sent.append(entry.client_uuid)
        return call_roll(self._who(today, at(today)), entry)

    def take_back(
        self,
        day: date,
        now: datetime | None = None,
        session: str = "d",
        school_class: SchoolClass | None = None,
        **more: Any,
    ) -> CallResult:
        """Take back what the page shows, at the moment of ``call`` unless another is given."""
        school_class, now = school_class or self.cast.here.school_class, now or at(day)
        more.setdefault("seen_version", _version(school_class, day, session))
        number = more.pop("client_uuid", uuid4())
        entry = TakeBackEntry(school_class, day, session, number, **more)
        self.sent.append(number)
        return take_back_roll(self._who(now.date(), now), entry)

    def _who(self, today: date, now: datetime) -> Doer:
        viewer = self.cast.viewer(self.role, today, self.there)
        origin = Origin(viewer.person_id, self.cast.post(self.role, self.there).pk)
        return Doer(viewer, origin, today, now)


def _version(school_class: Any, day: date, session: str) -> int:
    found = _versions(school_class=school_class.pk, day=day, session=session)
    return found[0] if found else 0


@prepared
def _versions(*, school_class: Any, day: Any, session: Any) -> QuerySet[Any, Any]:
    rows = RollCall.objects.filter(school_class=school_class, day=day, session=session)
    return rows.order_by("pk").values_list("version", flat=True)[:1]


def spells(child: Child) -> list[tuple[date, date | None, int]]:
    """The standing spells of a child: first day, day of return, half-days."""
    rows = AbsenceSpell.objects.standing().filter(child=child).order_by("started_on")
    return list(rows.values_list("started_on", "ended_on", "halves"))
