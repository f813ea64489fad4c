"""Small steps: under whom one acts, somebody new at the school, a sheet of people."""

from datetime import date
from typing import Any

from django.utils import timezone

from foundation.accounts import actions as accounts
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.models import Person, Post
from students.staff.sheet import StaffRow, staff_row
from tests.cast import LONG_AGO, Cast
from tests.roster.sheets import plain_book

TODAY = date(2025, 9, 12)
TITLES = ("姓名", "账号", "职务", "单位", "班级", "任职起")


def acting(cast: Cast, role: str = "head_teacher", there: bool = False, day: date = TODAY) -> Doer:
    """The role as who acts on the day."""
    viewer = cast.viewer(role, day, there)
    return Doer(viewer, Origin(viewer.person_id), day, timezone.now(), reason="校务会议定")


def colleague(cast: Cast, login: str = "teacher_b", role: str = "class_teacher") -> Post:
    """Somebody else in post at our school."""
    person = Person.objects.create_person(login, f"{login}的姓名")
    return accounts.grant_post(person, role, cast.here.school.unit, LONG_AGO, None)


def row(number: int = 2, /, **values: Any) -> StaffRow:
    """A row that is right for the head of our school."""
    usual: dict[str, Any] = {
        "name": "林一新",
        "login": "13900001111",
        "role": "学籍管理员",
        "unit": "",
        "class_name": "",
        "starts_on": TODAY,
    }
    return staff_row(number, **(usual | values))


def sheet(*rows: tuple[Any, ...], titles: tuple[str, ...] = TITLES) -> bytes:
    """A workbook of people."""
    return plain_book([titles, *rows])
