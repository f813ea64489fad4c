"""On day one the desk says what comes first: the roster, then class teachers, then one's class."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from students.roster.models import ClassPost
from tests.browsing import client_of, page
from tests.cast import Cast, make_child

NOTHING = "今天没有待办事项"


@pytest.fixture(autouse=True)
def _friday():
    with time_machine.travel("2025-09-12 02:00:00+00:00", tick=False):
        yield


@pytest.fixture
def registrar(cast: Cast) -> Client:
    return client_of(cast.person("registrar"))


def test_a_school_without_pupils_imports_its_roster_first(registrar: Client) -> None:
    words = page(registrar.get("/"))
    assert "导入名册" in words
    assert "还没有学生" in words
    assert NOTHING not in words


def test_then_it_says_which_classes_have_no_teacher(cast: Cast, registrar: Client) -> None:
    make_child(cast.here)
    ClassPost.objects.update(ends_on="2025-09-11", ended_at=timezone.now())
    words = page(registrar.get("/"))
    assert "1 个班没有班主任" in words
    assert f"/staff/classes/{cast.here.school.pk}/" in words
    assert "还没有学生" not in words


def test_a_class_teacher_without_a_class_is_told_who_gives_one(cast: Cast) -> None:
    ClassPost.objects.update(ends_on="2025-09-11", ended_at=timezone.now())
    words = page(client_of(cast.person("class_teacher")).get("/"))
    assert "还没有给您安排班级" in words
    assert NOTHING not in words


@pytest.mark.parametrize("role", ["village_cadre", "township_leader"])
def test_an_area_without_pupils_says_so(cast: Cast, role: str) -> None:
    words = page(client_of(cast.person(role)).get("/"))
    assert "本县还没有导入名册" in words
    make_child(cast.here)
    assert "本县还没有导入名册" not in page(client_of(cast.person(role)).get("/"))
