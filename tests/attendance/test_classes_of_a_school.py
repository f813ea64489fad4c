"""未点名, 已提交, 已修改: what the school sees of its classes."""

from datetime import time

import pytest
from django.db import connection

from students.attendance.rolls.states import CHANGED, SUBMITTED, UNCALLED, is_late, state_of
from students.roster.models import Child
from students.roster.pupils.acts.pupils import assign_class, open_class
from tests.attendance.help import FRI, MON, THU, WED, Caller, at, missing
from tests.browsing import client_of, page
from tests.cast import Cast, make_child

TEN = time(10)


def test_a_class_is_uncalled_until_its_roll_arrives(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    mine = cast.here.school_class
    assert state_of([mine], FRI)[mine.pk].state == UNCALLED
    teacher.call(FRI)
    assert state_of([mine], FRI)[mine.pk].state == SUBMITTED
    teacher.call(FRI, missing(hua))
    assert state_of([mine], FRI)[mine.pk].state == CHANGED
    assert state_of([mine], MON)[mine.pk].state == UNCALLED


def test_a_class_is_late_after_the_cutoff_and_not_at_it(cast: Cast, hua: Child) -> None:
    state = state_of([cast.here.school_class], FRI)[cast.here.school_class.pk]
    assert not is_late(state, FRI, at(FRI, 10, 0), TEN)
    assert is_late(state, FRI, at(FRI, 10, 1), TEN)
    assert is_late(state, THU, at(FRI, 7), TEN)
    assert not is_late(state, MON, at(FRI, 12), TEN)


def test_a_called_class_is_never_late(cast: Cast, teacher: Caller, hua: Child) -> None:
    teacher.call(FRI)
    state = state_of([cast.here.school_class], FRI)[cast.here.school_class.pk]
    assert not is_late(state, FRI, at(FRI, 12), TEN)


def test_a_teacher_of_one_class_is_led_to_it(cast: Cast, clock_at, hua: Child) -> None:
    clock_at(FRI)
    answer = client_of(cast.person("class_teacher")).get("/roll/")
    assert answer.headers["Location"] == f"/roll/{cast.here.school_class.pk}/"


def test_a_teacher_of_two_classes_sees_both(cast: Cast, clock_at, hua: Child) -> None:
    clock_at(FRI)
    assign_class(cast.post("class_teacher"), open_class(cast.here.school, "2", 2024, 3), WED)
    words = page(client_of(cast.person("class_teacher")).get("/roll/"))
    assert "共2个班" in words


def test_the_school_sees_the_uncalled_first(
    cast: Cast, clock_at, teacher: Caller, hua: Child
) -> None:
    clock_at(FRI, 11)
    open_class(cast.here.school, "2", 2024, 3)
    teacher.call(FRI)
    words = page(client_of(cast.person("registrar")).get("/roll/"))
    assert words.index("八年级3班") < words.index("八年级2班")
    assert "未点名，已过截止" in words
    assert "已提交" in words


def test_the_school_sees_no_other_school(cast: Cast, clock_at, hua: Child) -> None:
    clock_at(FRI)
    words = page(client_of(cast.person("registrar")).get("/roll/?day=2025-09-11"))
    assert f"/roll/{cast.here.school_class.pk}/2025-09-11/" in words
    assert f"/roll/{cast.there.school_class.pk}/" not in words


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("2025-09-13", "2025年9月13日还没有到，现在显示今天"),
        ("nonsense", "没有看懂要查的日期，现在显示今天"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("path", ["/roll/", "/roll/boarders/"])
def test_a_day_that_cannot_be_shown_is_today_and_says_so(
    cast: Cast, clock_at, hua: Child, asked: str, why: str, path: str
) -> None:
    clock_at(FRI)
    words = page(client_of(cast.person("registrar")).get(f"{path}?day={asked}"))
    assert why in words
    assert ("现在显示今天" in words) == bool(why)
    assert "2025年9月12日" in words or path != "/roll/"


def test_on_a_day_off_nobody_is_late(cast: Cast, clock_at, hua: Child) -> None:
    clock_at(FRI.replace(day=13), 12)
    words = page(client_of(cast.person("registrar")).get("/roll/?day=2025-09-13"))
    assert "9月13日不是上课日（周末）" in words
    assert "已过截止" not in words


def test_the_list_s_queries_do_not_grow(cast: Cast, clock_at, hua: Child, count_queries) -> None:
    clock_at(FRI)
    client = client_of(cast.person("registrar"))
    client.get("/roll/?day=2025-09-12")
    with count_queries(connection) as few:
        client.get("/roll/?day=2025-09-12")
    for number in range(10, 22):
        open_class(cast.here.school, "2", 2024, number)
    with count_queries(connection) as many:
        client.get("/roll/?day=2025-09-12")
    assert len(many) <= len(few)


def test_an_empty_class_says_so(cast: Cast, clock_at) -> None:
    clock_at(FRI)
    client = client_of(cast.person("class_teacher"))
    assert "没有在籍学生" in page(client.get(f"/roll/{cast.here.school_class.pk}/"))
    make_child(cast.here)
    assert "全勤，提交" in page(client.get(f"/roll/{cast.here.school_class.pk}/"))
