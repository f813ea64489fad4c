"""最近登录 reads as the demo's clock showed it then, also after the clock was moved on."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from foundation import clock
from foundation.accounts.actions import shift_clock
from foundation.accounts.models import ClockShift
from tests.browsing import client_of, page
from tests.cast import Cast

SEPTEMBER = datetime(2025, 9, 12, 9, tzinfo=timezone.get_default_timezone())
OCTOBER = datetime(2025, 10, 15, 9, tzinfo=timezone.get_default_timezone())


def move(to: datetime, hours_ago: int = 0) -> None:
    """The demo's clock was moved to the moment, so many real hours ago."""
    shift_clock(to - timezone.now() + timedelta(hours=hours_ago))
    newest = ClockShift.objects.latest("pk")
    ClockShift.objects.filter(pk=newest.pk).update(
        set_at=timezone.now() - timedelta(hours=hours_ago)
    )
    clock.forget()


@pytest.fixture
def teacher(cast: Cast):
    """A class teacher who signed in one real hour ago."""
    person = cast.person("class_teacher")
    person.last_login = timezone.now() - timedelta(hours=1)
    person.save()
    return person


def shown(cast: Cast) -> str:
    """The page of the school's people."""
    return page(client_of(cast.person("head_teacher")).get("/staff/"))


def test_only_a_clock_moved_before_the_sign_in_counts(cast, settings, teacher):
    settings.CLOCK_MAY_SHIFT = True
    move(SEPTEMBER, 2)
    move(OCTOBER)
    teacher.refresh_from_db()
    assert f"{clock.shown(teacher.last_login):%Y-%m-%d}" == "2025-09-12"


def test_what_was_kept_while_the_demo_was_loaded_is_shown_by_its_first_clock(
    cast, settings, teacher
):
    settings.CLOCK_MAY_SHIFT = True
    move(SEPTEMBER)
    move(OCTOBER)
    teacher.refresh_from_db()
    assert f"{clock.shown(teacher.last_login):%Y-%m-%d %H}" in ("2025-09-12 07", "2025-09-12 08")


def test_the_pages_of_people_show_the_demo_s_day(cast, settings, teacher):
    settings.CLOCK_MAY_SHIFT = True
    move(SEPTEMBER, 2)
    assert "2025年9月12日" in shown(cast)
    head = client_of(cast.person("head_teacher"))
    assert "2025年9月12日 09:59" in page(head.get(f"/staff/{teacher.pk}/"))
    security_officer = client_of(cast.person("security_officer"))
    assert "2025年9月12日 09:59" in page(security_officer.get(f"/people/{teacher.pk}/"))


def test_a_real_installation_shows_the_moment_itself(cast, settings, teacher):
    settings.CLOCK_MAY_SHIFT = True
    move(SEPTEMBER, 2)
    settings.CLOCK_MAY_SHIFT = False
    assert clock.shown(teacher.last_login) == teacher.last_login
