"""Short words for the tests of early warning: days, rolls, a plan, a reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cases.models import Case
from cases.watch.actions import SupportPlan, put_on, set_rule
from cases.watch.models import Entry, RuleSetting
from cases.watch.rules import Setting
from foundation.accounts.audit import Origin
from students.attendance.models import Absence, RollCall
from students.calendars.loading import calendar_for
from students.roster.models import Child, SchoolClass
from tests.attendance.help import at
from tests.cast import Cast
from tests.doers import doing

__all__ = [
    "FRI",
    "MON",
    "Roll",
    "at",
    "back",
    "listed",
    "open_case",
    "origin_of",
    "plan_of",
    "rule",
]

FRI, MON = date(2025, 12, 12), date(2025, 12, 15)  # in term, 60 school days after 1 September
WHOLE = 2


def back(cast: Cast, n: int, day: date = FRI) -> date:
    """The ``n``-th school day up to ``day``; 1 is the day itself."""
    calendar = calendar_for(cast.county.pk)
    while n > 1 or not calendar.is_school_day(day):
        n -= calendar.is_school_day(day)
        day -= timedelta(days=1)
    return day


@dataclass
class Roll:
    """Rolls of our class as they stand in the database, without the acts that led there."""

    cast: Cast

    def missed(self, child: Child, *days: date, kind: str = "unexcused", **more: Any) -> None:
        """The child was missing all day on each day."""
        self._mark(self.cast.here.school_class, child, days, kind=kind, **more)

    def missed_there(self, child: Child, *days: date) -> None:
        """The same in the next township's class."""
        self._mark(self.cast.there.school_class, child, days, kind="unexcused")

    def _mark(
        self, school_class: SchoolClass, child: Child, days: Iterable[date], **told: Any
    ) -> None:
        for day in days:
            Absence.objects.create(
                roll_call=self.call(day, school_class),
                child=child,
                day=day,
                halves=WHOLE,
                since_version=1,
                **told,
            )

    def call(self, day: date, school_class: SchoolClass | None = None) -> RollCall:
        """The roll of our class was called for the day, or of another."""
        row, _ = RollCall.objects.get_or_create(
            school_class=school_class or self.cast.here.school_class,
            day=day,
            session="d",
            defaults={"expected": 50, "absent": 0, "first_called_at": at(day)},
        )
        row.absent += 1
        row.save()
        return row

    def called(self, *days: date) -> None:
        """The roll was called for each day, and nobody was missing."""
        for day in days:
            self.call(day)


def plan_of(cast: Cast, *risks: str, **told: Any) -> SupportPlan:
    """What a school would write of a child."""
    told.setdefault("helper_id", cast.post("class_teacher").pk)
    told.setdefault("signs", "每周一缺勤")
    told.setdefault("measures", "每周谈心一次")
    return SupportPlan(risks or ("absence",), **told)


def listed(cast: Cast, child: Child, *risks: str, day: date = FRI) -> Entry:
    """The child is put on the ledger by the school's desk."""
    viewer = cast.viewer("registrar", day)
    return put_on(
        doing(viewer, origin_of("registrar", cast), now=at(day)), child, plan_of(cast, *risks), day
    )


def origin_of(role: str, cast: Cast) -> Origin:
    """The role as audit rows and steps name it."""
    post = cast.post(role)
    return Origin(post.person_id, post.pk)


def rule(cast: Cast, setting: Setting, *, valid_from: date = FRI, day: date = FRI) -> RuleSetting:
    """The county's desk sets a rule."""
    viewer = cast.viewer("county_desk", day)
    by = origin_of("county_desk", cast)
    return set_rule(doing(viewer, by, now=at(day)), setting, valid_from, "县局会议议定")


def open_case(cast: Cast, child: Child, **more: Any) -> Case:
    """A case of the child, as its row stands; open unless told otherwise."""
    return Case.objects.create(
        number=f"530999-2025-{child.pk:05}",
        child=child,
        school_class=cast.here.school_class,
        school=cast.here.school.unit,
        township=cast.here.township,
        county=cast.county,
        entered_on=date(2025, 10, 1),
        opened_on=date(2025, 10, 1),
        first_missed_on=date(2025, 9, 30),
        **more,
    )
