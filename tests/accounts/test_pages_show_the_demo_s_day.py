"""What accounts and posts tell of themselves stands on the demo's day, not on the real one."""

import re
from datetime import datetime

import pytest
from django.utils import timezone

from foundation import clock
from foundation.accounts.actions import report_limit, shift_clock
from foundation.accounts.audit import Origin
from foundation.accounts.limits.rules import LIMITS
from foundation.accounts.models import Person
from students.calendars.actions import set_override
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.doers import doing
from tests.staff.steps import colleague

DAY = datetime(2025, 9, 12, 9, tzinfo=timezone.get_default_timezone())
SHOWN = ("2025-09-12", "2025年9月12日")


@pytest.fixture(autouse=True)
def _demo(cast: Cast, settings) -> None:
    settings.CLOCK_MAY_SHIFT = True
    shift_clock(DAY - timezone.now())
    clock.forget()


def _real_days() -> tuple[str, str]:
    real = timezone.localdate()
    return f"{real:%Y-%m-%d}", f"{real.year}年{real.month}月{real.day}日"


def shows_the_demo_s(words: str) -> bool:
    """Whether the page has the demo's day and nowhere the real one."""
    seen = re.sub(r"<[^>]*>", " ", words)
    return any(day in seen for day in SHOWN) and not any(day in seen for day in _real_days())


def test_sessions(cast: Cast) -> None:
    assert shows_the_demo_s(page(client_of(cast.person("head_teacher")).get("/accounts/sessions/")))


def test_a_new_post_and_a_new_account(cast: Cast) -> None:
    client = client_of(cast.person("head_teacher"))
    data = {"name": "林一新", "login": "13900001111", "role": "学籍管理员", "reason": "校务会议定"}
    data |= {"unit": str(cast.here.school.unit.pk), "starts_on": "2025-09-12", "class_name": ""}
    assert "登录单" in page(client.post("/staff/add/", data))
    row = page(client.get("/staff/grants/?when=now")).split("林一新")[1].split("</tr>")[0]
    assert shows_the_demo_s(row)
    who = Person.objects.get(username="13900001111")
    assert shows_the_demo_s(page(client.get(f"/staff/{who.pk}/")))


def test_a_substitute(cast: Cast) -> None:
    client = client_of(cast.person("head_teacher"))
    address = f"/staff/classes/substitutes/?school={cast.here.school.pk}"
    data = {
        "school_class": cast.here.school_class.pk,
        "person": colleague(cast).person_id,
        "starts_on": "2025-09-12",
        "ends_on": "2025-09-13",
        "reason": "原班主任病假",
    }
    assert client.post(address, data).status_code == 302
    assert shows_the_demo_s(page(client.get(address)))


def test_a_suspended_day(cast: Cast) -> None:
    doer = doing(cast.viewer("county_desk"), Origin())
    set_override(doer, cast.county, (DAY.date(), DAY.date()), False, "暴雨停课")
    assert shows_the_demo_s(page(client_of(cast.person("county_desk")).get("/calendars/")))


def test_a_request_that_waits_and_a_limit(cast: Cast) -> None:
    client = client_of(cast.person("security_officer"))
    data = {"reason": "本人忘记密码，当面申请"}
    client.post(f"/staff/{cast.person('supervisor').pk}/reset/", data)
    assert shows_the_demo_s(page(client.get("/people/requests/")))
    teacher = cast.viewer("class_teacher")
    report_limit(teacher, Origin(teacher.person_id), LIMITS[0], timezone.now())
    assert shows_the_demo_s(page(client.get("/people/limits/")))
