"""A year without holidays is asked for from 1 November, and said wherever a date falls into it."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Deadline
from foundation.messaging.models import Message
from students.calendars.coverage import years_asked
from students.calendars.tasks import ask
from tests.browsing import page
from tests.cases.steps import deadline
from tests.setup.calendar.pages import enter_2027

D = date.fromisoformat
BANNER = "2027年放假调休安排尚未登记"
OCT_31, NOV_1, NOV_2, DEC_1 = (D(f"2026-{day}") for day in ("10-31", "11-01", "11-02", "12-01"))


@pytest.mark.parametrize(("day", "asked"), [(OCT_31, []), (NOV_1, [2027]), (NOV_2, [2027])])
def test_the_next_year_is_asked_for_from_the_first_of_november(day, asked) -> None:
    assert years_asked(day, {2025, 2026}) == asked
    assert years_asked(day, {2026, 2027}) == []


def test_a_year_that_has_begun_is_asked_for_first() -> None:
    assert years_asked(NOV_1, set()) == [2026, 2027]


@pytest.mark.parametrize(
    ("day", "is_asked"),
    [(OCT_31, False), (NOV_1, True), (NOV_2, True)],
    ids=["the day before", "the day", "the day after"],
)
def test_the_desk_has_it_to_do(desk_on, day, is_asked) -> None:
    words = page(desk_on(day).get("/"))
    assert ('href="/calendars/setup/arrangements/2027/"' in words) == is_asked


def test_once_entered_it_is_no_longer_to_do(desk) -> None:
    enter_2027(desk)
    assert "/calendars/setup/arrangements/2027/" not in page(desk.get("/"))


def test_the_periodic_look_writes_to_the_county_once_a_month(cast, desk_on) -> None:
    for day, letters in ((OCT_31, 0), (NOV_1, 1), (NOV_2, 1), (DEC_1, 2)):
        desk_on(day)
        ask()
        rows = Message.objects.filter(title="请登记2027年放假调休安排", to_unit=cast.county)
        assert rows.count() == letters
    assert [row.level for row in rows.order_by("pk")] == [Message.INFO, Message.URGENT]
    assert rows[0].url == reverse("calendar_setup:arrangement", args=[2027])


def test_a_county_that_has_entered_the_year_is_not_written_to(desk) -> None:
    enter_2027(desk)
    ask()
    assert not Message.objects.filter(title__startswith="请登记").exists()


def test_a_deadline_in_a_year_without_one_is_said_before_november(case, desk_on) -> None:
    """In March nobody would ask for the next year, but a date of it stands on a page."""
    desk = desk_on(D("2026-03-10"))
    assert BANNER in page(desk.get("/calendars/?year=2025"))  # its dates are of January 2027
    Deadline.objects.owed().filter(case=case).update(void_on=D("2026-03-10"))
    assert BANNER not in page(desk.get("/calendars/?year=2025"))


def test_the_date_itself_is_called_provisional_until_then(case, desk) -> None:
    url = reverse("why", args=[case.number, deadline(case, "visit").pk])
    assert "到期日是暂定的" in page(desk.get(url))
    enter_2027(desk)
    url = reverse("why", args=[case.number, deadline(case, "visit").pk])
    assert "到期日是暂定的" not in page(desk.get(url))
