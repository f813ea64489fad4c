"""A class on a day for one session of its roll: found, read once, handed to page and act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.prepared import prepared
from students.attendance.models import RollCall, Submission
from students.attendance.rolls.entries import Mark
from students.attendance.rolls.sheet import (
    Calls,
    CarriedOver,
    RollPupil,
    calls_of_day,
    carried_over,
    marks_of,
    pupils_of,
    submission_of,
)
from students.attendance.rolls.states import ClassState, state_by
from students.attendance.rules.kinds import EVENING, KINDS, AbsenceKind
from students.calendars.loading import calendar_for
from students.calendars.workdays import Calendar
from students.roster.models import SchoolClass


@dataclass(frozen=True)
class ClassMorning:
    """One roll call as stored; ``roll_call`` is None while it is not called.

    Made once a request. Page, form, checks and act share it, and each part is read when first used.
    Where the class was locked before, the parts are read under the lock. After a submission was
    written it is out of date, and the caller makes a new one.
    """

    school_class: SchoolClass  # with its school and unit
    day: date
    session: str
    calls: Calls  # of the day, those taken back among them
    awaited: Callable[[], Mapping[int, CarriedOver]] = dict  # whom somebody else names

    @property
    def county_id(self) -> int:
        """The county of the school, 0 where it has none."""
        return self.school_class.school.unit.county_id or 0

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar of the school."""
        return calendar_for(self.county_id, self.school_class.school_id)

    @cached_property
    def pupils(self) -> tuple[RollPupil, ...]:
        """The pupils expected (应到), by seat number."""
        return pupils_of(self.school_class, self.day, self.session)

    @cached_property
    def members(self) -> frozenset[int]:
        """The children whom the roll expects."""
        return frozenset(pupil.id for pupil in self.pupils)

    @cached_property
    def carried(self) -> Mapping[int, CarriedOver]:
        """Pupils missing last time, with a slip, or awaited for another reason, by child."""
        known = carried_over(self.school_class, self.day, self.session, self.members)
        others = {child: one for child, one in self.awaited().items() if child in self.members}
        return {**others, **known}

    @cached_property
    def state(self) -> ClassState:
        """The state of the class's day, or of its evening."""
        return state_by(self.school_class, self.calls.values(), self.session == EVENING)

    @property
    def known(self) -> RollCall | None:
        """The stored roll call of the session, also one taken back; None where none was sent."""
        return self.calls.get(self.session)

    @property
    def roll_call(self) -> RollCall | None:
        """The roll call that stands."""
        return None if self.known is None or self.known.is_taken_back else self.known

    @property
    def version(self) -> int:
        """The version that the page shows and sends back: 0 where no roll was sent."""
        return self.known.version if self.known else 0

    @cached_property
    def latest(self) -> Submission | None:
        """The newest submission, which may be a taking back."""
        return submission_of(self.known) if self.known else None

    @property
    def submission(self) -> Submission | None:
        """The submission that made the standing roll call."""
        return self.latest if self.roll_call else None

    @cached_property
    def marks(self) -> Mapping[int, Mark]:
        """The standing marks by child."""
        return marks_of(self.roll_call) if self.roll_call else {}

    @property
    def kinds(self) -> list[AbsenceKind]:
        """The kinds of absence to choose from. An evening has no 迟到 and 早退."""
        return [kind for kind in KINDS if not (kind.present and self.session == EVENING)]


def class_morning(school_class: SchoolClass, day: date, session: str) -> ClassMorning:
    """The morning of a class, without locking it."""
    return ClassMorning(school_class, day, session, calls_of_day(school_class.pk, day))


# --- reaching the class: asked for with every page and every submission -------------------------


def reached_class(post: HeldPost, class_id: int, today: date) -> SchoolClass | None:
    """The class with its school, if the post reaches it today."""
    rows: list[SchoolClass] = _read(*_shape(post), **_values(post, class_id, today))
    return rows[0] if rows else None


def held_class(post: HeldPost, class_id: int, today: date) -> SchoolClass | None:
    """The same class, locked until the transaction ends."""
    rows: list[SchoolClass] = _hold(*_shape(post), **_values(post, class_id, today))
    return rows[0] if rows else None


@prepared
def _read(role: str, kind: str, /, **given: Any) -> QuerySet[SchoolClass]:
    return _reached(role, kind, **given)


@prepared
def _hold(role: str, kind: str, /, **given: Any) -> QuerySet[SchoolClass]:
    return _reached(role, kind, **given).select_for_update(no_key=True, of=("self",))


def _reached(
    role: str, kind: str, *, post: Any, unit: Any, county: Any, school_class: Any, today: Any
) -> QuerySet[SchoolClass]:
    acting = Viewer(None, "", (HeldPost(post, role, unit, "", kind, None, county),))
    seen: QuerySet[SchoolClass] = SchoolClass.objects.visible_to(acting, today, Right.CALL_ROLL)
    return seen.filter(pk=school_class).select_related("school__unit")


def _shape(post: HeldPost) -> tuple[str, str]:
    return post.role_code, post.unit_kind


def _values(post: HeldPost, class_id: int, today: date) -> dict[str, Any]:
    return {
        "post": post.id,
        "unit": post.unit_id,
        "county": post.county_id,
        "school_class": class_id,
        "today": today,
    }
