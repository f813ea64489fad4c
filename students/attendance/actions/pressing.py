"""催办 from above: a unit asks a school of its area to have its classes called, once an hour."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.urls import reverse

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Level, Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.days import day_words
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from students.attendance.rolls.days import check_day
from students.calendars.loading import calendar_for
from students.roster.areas import schools_in_area
from students.roster.models import School


def pressing_posts(viewer: Viewer) -> list[HeldPost]:
    """The posts under which the viewer presses schools (the column ``presses`` of the roles)."""
    held = viewer.posts_with(Right.READ_UNIT_MAIL)
    return [
        post
        for post in held
        if Level.SCHOOL in post.role.presses and Right.SEE_MORNINGS in post.role.rights
    ]


@transaction.atomic
def press_school(doer: Doer, school: School, classes: Collection[str], day: date) -> int:
    """Write to the school about its uncalled classes, named in words; returns how many.

    Raises PermissionDenied where no pressing post reaches the school, RollRefused for a day without
    a roll, Refused (in Chinese) where every class is called, and within the hour.
    """
    by = doer.under(_reaching(doer.viewer, school))
    check_day(calendar_for(by.post.county_id, school.pk), by.post.county_id, day, doer.today)
    if not classes:
        raise Refused("这所学校的班级都已点名，不需要催办。")
    letter = _letter(by, school, classes, day)
    if Message.objects.filter(key=letter.key).exists():
        raise Refused("一小时内已经催办过，没有重复发送；急办的请打电话。")
    post_letters([letter], doer.today)
    details = {"day": day.isoformat(), "count": len(classes)}
    audit.record(by.origin, "press_school", "school", school.pk, details=details)
    return len(classes)


def _reaching(viewer: Viewer, school: School) -> HeldPost | None:
    """The pressing post in whose area the school stands."""
    return next(
        (
            post
            for post in pressing_posts(viewer)
            if schools_in_area(replace(viewer, posts=(post,))).filter(pk=school.pk).exists()
        ),
        None,
    )


def _letter(by: Doer, school: School, classes: Collection[str], day: date) -> Letter:
    words = "今天" if day == by.today else day_words(day)
    return Letter(
        key=f"press_rolls:{by.post.unit_id}:{school.pk}:{day}:{by.now:%Y%m%d%H}",
        to_unit_id=school.pk,
        to_post_id=None,
        title=f"{by.post.unit_name}催办：{words}还有{len(classes)}个班没有点名",
        body=f"{'、'.join(classes)}。请督促班主任点名，没有点名不按全勤计。",
        url=f"{reverse('mornings:school', args=[school.pk])}?day={day}",
        occurred_on=by.today,
        level=Message.WARN,
    )
