"""What every act on a class's roll begins with: its post, the class held, whom it concerns."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from foundation.accounts.audit import Origin
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.prepared import prepared
from students.attendance.models import AbsenceSpell
from students.attendance.rolls.entries import RollRefused
from students.attendance.rolls.reaching import held_class
from students.attendance.rolls.sheet import Calls, calls_of_day, expected_in
from students.roster.models import SchoolClass


def post_of(viewer: Viewer, origin: Origin) -> HeldPost:
    """The post of the viewer under which the act is done."""
    held = next((post for post in viewer.posts if post.id == origin.post_id), None)
    if held is None:
        raise PermissionDenied
    return held


@dataclass(frozen=True, slots=True)
class Held:
    """A class locked until the transaction ends, and what its roll of a session stands on.

    Submissions of one class take turns, so that of two at once one wins and one is told: whatever
    a submission is checked against is read after the lock.
    """

    post: HeldPost
    school_class: SchoolClass
    calls: Calls  # of the day
    members: frozenset[int]  # whom the session expects


def hold(school_class: int, day: date, session: str, post: HeldPost, today: date) -> Held:
    """Lock the class and read; PermissionDenied where the post does not reach it."""
    locked = held_class(post, school_class, today)
    if locked is None:
        raise PermissionDenied
    calls = calls_of_day(school_class, day)
    return Held(post, locked, calls, members_of(locked, day, session))


def check_open(school_class: SchoolClass, day: date) -> None:
    """The class is not closed by ``day``."""
    if school_class.closed_on is not None and school_class.closed_on <= day:
        raise RollRefused("这个班当天已经撤并，不能点名。")


def members_of(school_class: SchoolClass, day: date, session: str) -> frozenset[int]:
    """The children whom the roll expects."""
    return frozenset(_members(session, school_class=school_class.pk, day=day))


def with_spells(members: frozenset[int], day: date) -> set[int]:
    """Members whose spell the day may lengthen, end, cut in two or date anew."""
    return set(_with_spells(members=list(members), day=day))


@prepared
def _members(session: str, /, *, school_class: Any, day: Any) -> QuerySet[Any, int]:
    return expected_in(school_class, day, session).values_list("child_id", flat=True)


@prepared
def _with_spells(*, members: Any, day: Any) -> QuerySet[Any, int]:
    reaching = Q(ended_on__isnull=True) | Q(ended_on__gte=day)
    rows = AbsenceSpell.objects.standing().filter(reaching, child__among=members)
    return rows.values_list("child_id", flat=True)
