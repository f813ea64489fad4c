"""催办 of the daily report: a desk writes to its teachers, a unit above to the school (R35)."""

from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from foundation.accounts import audit
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.days import day_words
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from students.calendars.loading import calendar_for
from students.roster.changes.daily import ClassReport, class_reports
from students.roster.class_posts import teacher_posts
from students.roster.rules.change_kinds import ChangeRefused

NEEDED = frozenset({Right.READ_UNIT_MAIL, Right.SEE_MORNINGS})


@dataclass(frozen=True, slots=True)
class ReportNudge:
    """The names of the classes that were asked for, and of those without a teacher to ask."""

    sent: tuple[str, ...]
    without_teacher: tuple[str, ...]


@transaction.atomic
def nudge_reports(doer: Doer, school_id: int, day: date) -> ReportNudge:
    """Write about the classes of a school that have not reported on a day, once an hour.

    The school's own desk writes to the teachers, everybody above to the school. Raises
    PermissionDenied where no post of the viewer reaches the school, ChangeRefused (in Chinese) for
    a day without reports, where nothing is missing, and within the hour.
    """
    by, rows = _reached(doer, school_id, day)
    _check_day(by, school_id, day)
    missing = [row for row in rows if row.report is None]
    if not missing:
        raise ChangeRefused("各班都已报告，不需要催办。")
    own = by.post.unit_id == school_id
    posts = teacher_posts([row.school_class.pk for row in missing], doer.today) if own else {}
    asked = [row for row in missing if not own or posts.get(row.school_class.pk)]
    letters = (
        [letter for row in asked for letter in _to_teachers(row, posts, by, day)]
        if own
        else [_to_school(asked, school_id, by, day)]
    )
    if letters and Message.objects.filter(key__in=[one.key for one in letters]).exists():
        raise ChangeRefused("一小时内已经催办过，没有重复发送；急办的请打电话。")
    post_letters(letters, doer.today)
    details = {"day": day.isoformat(), "classes": [row.school_class.pk for row in asked]}
    audit.record(by.origin, "nudge_reports", "school", school_id, details=details)
    alone = tuple(row.name for row in missing if row not in asked)
    return ReportNudge(tuple(row.name for row in asked), alone)


def _reached(doer: Doer, school_id: int, day: date) -> tuple[Doer, list[ClassReport]]:
    """The doer under the post that reaches the school, and the school's classes of the day."""
    for post in doer.viewer.posts:
        if post.role.rights >= NEEDED:
            seen = class_reports(replace(doer.viewer, posts=(post,)), doer.today, day)
            rows = [row for row in seen if row.school_class.school_id == school_id]
            if rows:
                return doer.under(post), rows
    raise PermissionDenied


def _check_day(by: Doer, school_id: int, day: date) -> None:
    if day > by.today or not calendar_for(by.post.county_id, school_id).is_school_day(day):
        raise ChangeRefused("这一天不是上课日或者还没有到，不需要报告。")


def _to_teachers(
    row: ClassReport, posts: dict[int, list[tuple[int, int, str]]], by: Doer, day: date
) -> list[Letter]:
    return [
        Letter(
            key=f"{_key(by, day)}:class:{row.school_class.pk}:post:{post}",
            to_unit_id=unit,
            to_post_id=post,
            title=f"学校催办：{row.name}{day_words(day)}的变动日报尚未报告",
            body="有变动的填写变动，没有变动的点「无变动」。",
            url=reverse("changes:report", args=[row.school_class.pk, day]),
            occurred_on=by.today,
            level=Message.WARN,
        )
        for post, unit, _ in posts[row.school_class.pk]
    ]


def _to_school(rows: list[ClassReport], school_id: int, by: Doer, day: date) -> Letter:
    return Letter(
        key=f"{_key(by, day)}:unit:{school_id}",
        to_unit_id=school_id,
        to_post_id=None,
        title=f"{by.post.unit_name}催办：{day_words(day)}还有{len(rows)}个班没有报告变动日报",
        body=f"{'、'.join(row.name for row in rows)}。请督促班主任报告。",
        url=f"{reverse('changes:reports')}?day={day}",
        occurred_on=by.today,
        level=Message.WARN,
    )


def _key(by: Doer, day: date) -> str:
    """One key an hour and unit that writes."""
    return f"nudge_reports:{by.post.unit_id}:{day}:{by.now:%Y%m%d%H}"
