"""催办: a school asks the teachers of uncalled classes to call, at most once an hour a class."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from foundation.accounts import audit
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.days import day_words
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from students.attendance.models import Nudge
from students.attendance.mornings.school import MorningRow
from students.attendance.rolls.days import check_day
from students.calendars.loading import calendar_for
from students.roster.class_posts import teacher_posts
from students.roster.models import School, SchoolClass

APART = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NudgeResult:
    """The names of the nudged classes, and of the others by reason."""

    sent: tuple[str, ...]
    too_soon: tuple[str, ...]
    without_teacher: tuple[str, ...]


@transaction.atomic
def nudge(
    doer: Doer,
    school: School,
    rows: Collection[MorningRow],
    day: date,
) -> NudgeResult:
    """Write to the teachers of the classes whose roll of ``day`` is missing.

    ``rows`` are the school's classes as a page shows them; called ones are omitted. Raises
    RollRefused for a day without a roll, PermissionDenied outside one's school.
    """
    post = _post(doer, school)
    check_day(calendar_for(post.county_id, school.pk), post.county_id, day, doer.today)
    missing = {row.school_class.pk: row for row in rows if row.is_asked}
    _lock(missing, doer.viewer, post, doer.today)
    soon = _nudged_since(missing, doer.now - APART)
    posts = teacher_posts(missing, doer.today)
    sent = [row for pk, row in missing.items() if pk not in soon and posts.get(pk)]
    for row in sent:
        _write(row, posts[row.school_class.pk], day, doer.origin, doer.today, doer.now)
    classes = [row.school_class.pk for row in sent]
    details = {"day": day.isoformat(), "classes": classes}
    audit.record(doer.origin, "nudge_classes", "school", school.pk, details=details)
    return NudgeResult(
        tuple(row.name for row in sent),
        tuple(missing[pk].name for pk in missing if pk in soon),
        tuple(row.name for pk, row in missing.items() if pk not in soon and not posts.get(pk)),
    )


def _post(doer: Doer, school: School) -> HeldPost:
    """The viewer's post that corrects the rolls of this school."""

    def is_acting(post: HeldPost) -> bool:
        return post.id == doer.origin.post_id and post.unit_id == school.pk

    return post_with(doer.viewer, Right.CORRECT_ROLL, fits=is_acting)


def _lock(missing: Collection[int], viewer: Viewer, post: HeldPost, today: date) -> None:
    """Two nudges of one class run one after the other, so that the second finds the first."""
    acting = replace(viewer, posts=(post,))
    seen = SchoolClass.objects.visible_to(acting, today, Right.CORRECT_ROLL)
    locked = seen.filter(pk__in=list(missing)).order_by("pk").select_for_update(no_key=True)
    if len(locked.values_list("pk", flat=True)) < len(missing):
        raise PermissionDenied


def _nudged_since(class_ids: Iterable[int], moment: datetime) -> set[int]:
    rows = Nudge.objects.filter(school_class__in=list(class_ids), sent_at__gt=moment)
    return set(rows.values_list("school_class_id", flat=True))


def _write(
    row: MorningRow,
    posts: Collection[tuple[int, int, str]],
    day: date,
    origin: Origin,
    today: date,
    now: datetime,
) -> None:
    assert origin.post_id is not None
    assert origin.person_id is not None
    written = Nudge.objects.create(
        school_class=row.school_class,
        day=day,
        sent_at=now,
        sent_on=today,
        post_id=origin.post_id,
        person_id=origin.person_id,
        told=len(posts),
    )
    words = "今天" if day == today else day_words(day)
    letters = [
        Letter(
            key=f"nudge:{written.pk}:post:{post}",
            to_unit_id=unit,
            to_post_id=post,
            title=f"学校催办：{row.name}{words}尚未点名",
            body=f"截至{now:%H:%M}，应到{row.figures.expected}人。请尽快点名，没有点名不按全勤计。",
            url=reverse("roll_day", args=[row.school_class.pk, day]),
            occurred_on=today,
            level=Message.WARN,
        )
        for post, unit, _ in posts
    ]
    post_letters(letters, today)
