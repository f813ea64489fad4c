"""From an empty database to the first roll call, each step on a page of the person who does it."""

import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import Person, Post, Unit
from students.attendance.models import RollCall
from students.calendars.models import CalendarYear, SchoolTerm
from students.census.models import Catchment
from students.roster.imports.books.template_book import registry_workbook
from students.roster.models import Enrolment, SchoolClass
from tests.attendance.pages import Browser
from tests.browsing import page
from tests.opening.steps import (
    confirmed,
    found_county,
    pupil_of_a_roster,
    signed_in,
    slips_in,
    workbook,
    written,
)
from tests.roster.pages import run_job, upload

pytestmark = pytest.mark.django_db(databases=["default", "progress"])
TODAY = "2026-09-02 01:00:00+00:00"


@time_machine.travel(TODAY, tick=True)
def test_a_county_is_brought_from_nothing_to_its_first_roll_call() -> None:
    first, slips = _opened()
    school = signed_in("13900000007", slips["13900000007"])
    _import_roster(school)
    teacher = signed_in("13900000008", _class_teacher(school)["13900000008"])
    called = Browser(teacher, f"/roll/{SchoolClass.objects.get().pk}/").open().send()
    assert called.status == 200, called.html
    assert RollCall.objects.get().expected == 2
    words = page(first.get("/opening/"))
    assert "3所学校中已导入1所。" in words
    assert "1个班中已有1个班点过名。" in words
    assert "8步里办好了5步" in words
    assert "东镇中学" not in page(first.get("/opening/progress/"))


def _opened() -> tuple[Client, dict[str, str]]:
    """The security officer, and the first passwords of those who hold no post of the county."""
    slips = found_county()
    assert set(slips) == {"13900000001", "13900000002"}
    first = signed_in("13900000001", slips["13900000001"])
    assert "新增16行，更改1行" in written(first, workbook())
    assert Unit.objects.filter(is_open=True).count() == 2 + 4 + 3 + 3
    assert (SchoolTerm.objects.count(), Catchment.objects.count()) == (2, 4)
    assert CalendarYear.objects.filter(year=2026).exists()
    second = signed_in("13900000002", slips["13900000002"])
    assert "王一" in page(second.get("/opening/posts/"))
    assert set(confirmed(second)) == {"13900000003"}
    assert not Post.objects.filter(asleep=True).exists()
    waiting = re.findall(r'name="person" value="(\d+)"', page(first.get("/staff/slips/")))
    printed = slips_in(page(first.post("/staff/slips/", {"person": waiting})))
    assert set(printed) == {f"1390000000{n}" for n in range(4, 8)}
    return first, printed


def _import_roster(school: Client) -> None:
    content = registry_workbook(
        pupil_of_a_roster(n, name) for n, name in enumerate(("杨小川", "李春燕"))
    )
    at = upload(school, content, as_of=f"{timezone.localdate()}")
    run_job()
    school.post(f"{at}confirm/", {"decision": "write", "all-classes": "new"})
    run_job()
    assert Enrolment.objects.count() == 2


def _class_teacher(school: Client) -> dict[str, str]:
    """The class teacher that the school registers, with the first password."""
    data = {
        "name": "郑班主",
        "login": "13900000008",
        "role": "班主任",
        "unit": str(Person.objects.get(username="13900000007").posts.get().unit_id),
        "class_name": "九年级2班",
        "starts_on": f"{timezone.localdate()}",
        "reason": "",
    }
    return slips_in(page(school.post("/staff/add/", data)))
