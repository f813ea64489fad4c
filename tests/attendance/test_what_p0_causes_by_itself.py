"""After P0 the teachers of classes not called and their school are told, once a day."""

from datetime import date, datetime

import pytest

from foundation.messaging.models import Message
from kongchuo.celery import SCHEDULE
from students.attendance.actions import remind_uncalled
from students.attendance.tasks import remind
from students.calendars.models import SchoolDayOverride
from students.roster.models import Child, ClassPost
from tests.attendance.help import FRI, MON, THU, Caller, at
from tests.attendance.mornings import add_pupil, open_class
from tests.attendance.test_the_school_s_morning import morning
from tests.browsing import client_of, page
from tests.cast import Cast


def tick(moment: datetime) -> list[str]:
    """The titles of what a tick at the moment writes."""
    before = set(Message.objects.values_list("pk", flat=True))
    remind_uncalled(moment.date(), moment)
    rows = Message.objects.exclude(pk__in=before).order_by("title")
    return list(rows.values_list("title", flat=True))


@pytest.mark.parametrize(("hour", "minute", "letters"), [(9, 59, 0), (10, 0, 0), (10, 1, 2)])
def test_nobody_is_told_before_the_cutoff_has_passed(
    cast: Cast, hua: Child, hour: int, minute: int, letters: int
) -> None:
    assert len(tick(at(FRI, hour, minute))) == letters


def test_teacher_and_school_are_told_with_counts_and_a_link(cast: Cast, hua: Child) -> None:
    tick(at(FRI, 10, 5))
    teacher = Message.objects.get(to_post=cast.post("class_teacher"))
    assert teacher.title == "八年级2班今天尚未点名"
    assert teacher.body == "点名截止10:00已过，应到3人。请尽快点名。"
    assert teacher.url == f"/roll/{cast.here.school_class.pk}/2025-09-12/"
    school = Message.objects.get(to_unit=cast.here.school.unit, to_post=None)
    assert school.title == "今天有1个班到10:00尚未点名"
    assert school.url == f"/mornings/schools/{cast.here.school.pk}/"


def test_the_letter_counts_what_the_page_shows(cast: Cast, hua: Child) -> None:
    add_pupil(cast.here, open_class(cast.here, 3), "赵六")
    open_class(cast.here, 4)
    tick(at(FRI, 10, 5))
    late = [row.name for row in morning(cast, 10, 5).uncalled if row.is_late]
    school = Message.objects.get(to_unit=cast.here.school.unit, to_post=None)
    assert school.title.startswith(f"今天有{len(late)}个班")
    assert all(name in school.body for name in late)


def test_the_queue_counts_what_the_page_shows(cast: Cast, clock_at, hua: Child) -> None:
    open_class(cast.here, 4)  # without pupils nobody asks for its roll
    clock_at(FRI, 11)
    words = page(client_of(cast.person("registrar")).get("/"))
    assert f"{len(morning(cast, 11).uncalled)} 个班未点名" in words
    assert 'href="/mornings/"' in words


def test_a_second_tick_writes_nothing(cast: Cast, hua: Child) -> None:
    tick(at(FRI, 10, 5))
    assert tick(at(FRI, 10, 10)) == []
    assert tick(at(FRI, 16)) == []


def test_a_called_class_is_left_alone(cast: Cast, teacher: Caller, hua: Child) -> None:
    teacher.call(FRI)
    assert tick(at(FRI, 10, 5)) == []


@pytest.mark.parametrize("day", [FRI.replace(day=13), FRI.replace(day=14)])
def test_on_a_weekend_nobody_is_told(cast: Cast, hua: Child, day: date) -> None:
    assert tick(at(day, 12)) == []


def test_a_closed_school_is_not_told(cast: Cast, hua: Child) -> None:
    SchoolDayOverride.objects.create(
        county=cast.county,
        school=cast.here.school.unit,
        day=FRI,
        is_school_day=False,
        reason="洪水",
    )
    assert tick(at(FRI, 12)) == []


def test_after_an_outage_only_today_is_told(cast: Cast, hua: Child) -> None:
    assert len(tick(at(MON, 11))) == 2
    assert not Message.objects.filter(occurred_on__lt=MON).exists()


def test_a_class_without_a_teacher_is_told_to_its_school(cast: Cast, hua: Child) -> None:
    ClassPost.objects.update(ends_on=THU, ended_at=at(THU, 9))
    assert tick(at(FRI, 11)) == ["今天有1个班到10:00尚未点名"]


def test_the_tick_stands_in_the_schedule() -> None:
    assert SCHEDULE["rolls"]["task"] == remind.name
