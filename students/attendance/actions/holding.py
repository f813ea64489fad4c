"""What every act on a class's roll begins with: its post, the class held, whom it concerns."""

from dataclasses import replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from foundation.accounts.audit import Origin
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from students.attendance.entries import RollRefused
from students.attendance.models import AbsenceSpell
from students.attendance.sheet import expected_in
from students.roster.models import SchoolClass


def post_of(viewer: Viewer, origin: Origin) -> HeldPost:
    """The post of the viewer under which the act is done."""
    held = next((post for post in viewer.posts if post.id == origin.post_id), None)
    if held is None:
        raise PermissionDenied
    return held


def hold_class(
    school_class: SchoolClass, day: date, viewer: Viewer, post: HeldPost, today: date
) -> None:
    """Submissions of one class take turns, so that of two at once one wins and one is told."""
    acting = replace(viewer, posts=(post,))
    locked = (
        SchoolClass.objects.visible_to(acting, today, Right.CALL_ROLL)
        .filter(pk=school_class.pk)
        .select_for_update(no_key=True)
        .values_list("closed_on", flat=True)
    )
    rows = list(locked)
    if not rows:
        raise PermissionDenied
    if rows[0] is not None and rows[0] <= day:
        raise RollRefused("这个班当天已经撤并，不能点名。")


def members_of(school_class: SchoolClass, day: date, session: str) -> frozenset[int]:
    """The children whom the roll expects."""
    rows = expected_in(school_class, day, session)
    return frozenset(rows.values_list("child_id", flat=True))


def with_spells(members: frozenset[int], day: date) -> set[int]:
    """Members whose spell the day may lengthen, end, cut in two or date anew."""
    reaching = Q(ended_on__isnull=True) | Q(ended_on__gte=day)
    rows = AbsenceSpell.objects.standing().filter(reaching, child_id__in=members)
    return set(rows.values_list("child_id", flat=True))
