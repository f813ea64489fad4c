"""催办: one message to the class's teachers, not twice within an hour, with counts and a link."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection

from foundation.accounts.audit import Origin
from foundation.messaging.models import Message
from students.attendance.actions import nudge
from students.attendance.actions.nudging import NudgeResult
from students.attendance.models import Nudge
from students.attendance.mornings.school import morning_of
from students.attendance.rolls.entries import RollRefused
from students.roster.models import Child, ClassPost
from tests.attendance.help import FRI, MON, THU, Caller, at
from tests.attendance.mornings import add_pupil, open_class
from tests.attendance.test_the_school_s_morning import TEN, address
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.doers import doing


def send(
    cast: Cast, moment: datetime, day: date = FRI, role: str = "registrar", there: bool = False
) -> NudgeResult:
    """Nudge every class of our school whose roll of the day is missing."""
    viewer, post = cast.viewer(role, moment.date(), there), cast.post(role, there)
    found = morning_of(cast.here.school, day, moment, TEN)
    origin = Origin(viewer.person_id, post.pk)
    return nudge(
        doing(viewer, origin, today=moment.date(), now=moment), cast.here.school, found.rows, day
    )


def test_the_teacher_is_written_to_with_counts_and_a_link(cast: Cast, hua: Child) -> None:
    assert send(cast, at(FRI, 10, 5)).sent == ("八年级2班",)
    letter = Message.objects.get()
    assert letter.to_post == cast.post("class_teacher")
    assert letter.title == "学校催办：八年级2班今天尚未点名"
    assert letter.body == "截至10:05，应到3人。请尽快点名，没有点名不按全勤计。"
    assert letter.url == f"/roll/{cast.here.school_class.pk}/2025-09-12/"
    words = letter.title + letter.body
    assert not any(name in words for name in ("张小明", "李小红", "王小华"))


@pytest.mark.parametrize(("minutes", "sent"), [(59, 0), (60, 1), (61, 1)])
def test_a_class_is_not_nudged_twice_within_an_hour(
    cast: Cast, hua: Child, minutes: int, sent: int
) -> None:
    send(cast, at(FRI, 10, 5))
    again = send(cast, at(FRI, 10, 5) + timedelta(minutes=minutes), role="head_teacher")
    assert len(again.sent) == sent
    assert len(again.too_soon) == 1 - sent
    assert Message.objects.count() == 1 + sent


def test_a_called_class_is_left_alone(cast: Cast, teacher: Caller, hua: Child) -> None:
    teacher.call(FRI)
    assert send(cast, at(FRI, 10, 5)) == NudgeResult((), (), ())
    assert not Message.objects.exists()


def test_a_class_without_a_teacher_is_told_of(cast: Cast, hua: Child) -> None:
    ClassPost.objects.update(ends_on=THU, ended_at=at(THU, 9))
    assert send(cast, at(FRI, 10, 5)).without_teacher == ("八年级2班",)
    assert not Nudge.objects.exists()


def test_on_a_day_off_nobody_is_nudged(cast: Cast, hua: Child) -> None:
    with pytest.raises(RollRefused, match="不是上课日"):
        send(cast, at(MON, 8), FRI.replace(day=13))


def test_a_past_day_is_named_by_its_date(cast: Cast, hua: Child) -> None:
    send(cast, at(MON, 8), FRI)
    letter = Message.objects.get()
    assert letter.title == "学校催办：八年级2班9月12日尚未点名"
    assert not letter.is_late


@pytest.mark.parametrize(("role", "there"), [("class_teacher", False), ("registrar", True)])
def test_only_the_school_s_own_desk_nudges(cast: Cast, hua: Child, role: str, there: bool) -> None:
    with pytest.raises(PermissionDenied):
        send(cast, at(FRI, 10, 5), role=role, there=there)


def test_a_nudge_stands_for_ever(cast: Cast, hua: Child) -> None:
    send(cast, at(FRI, 10, 5))
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE attendance_nudge SET told = 9")


def test_one_tap_nudges_and_the_page_says_who_did(
    cast: Cast, clock_at: Callable[..., None], hua: Child
) -> None:
    clock_at(FRI, 11)
    client = client_of(cast.person("registrar"))
    words = page(client.post(address(cast, "nudge/"), {"day": "2025-09-12"}, follow=True))
    assert "已催办1个班：八年级2班。" in words
    assert "registrar甲已催办" in words
    words = page(client.post(address(cast, "nudge/"), {"day": "2025-09-12"}, follow=True))
    assert "一小时内已经催办过" in words
    inbox = page(client_of(cast.person("class_teacher")).get("/inbox/"))
    assert "学校催办：八年级2班今天尚未点名" in inbox


def test_one_class_can_be_nudged_alone(
    cast: Cast, clock_at: Callable[..., None], hua: Child
) -> None:
    clock_at(FRI, 11)
    other = open_class(cast.here, 3)
    add_pupil(cast.here, other, "赵六")
    client = client_of(cast.person("registrar"))
    data = {"day": "2025-09-12", "class": cast.here.school_class.pk}
    page(client.post(address(cast, "nudge/"), data, follow=True))
    assert list(Nudge.objects.values_list("school_class", flat=True)) == [cast.here.school_class.pk]
