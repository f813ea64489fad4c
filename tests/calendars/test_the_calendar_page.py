"""Everybody signed in reads the calendar of the own county, a school its own exceptions."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.accounts.models import Person, Unit
from foundation.accounts.viewer import Viewer
from students.calendars.actions import TermEntry, seed_state_council, seed_terms
from students.calendars.models import SchoolDayOverride
from tests.browsing import stale_client_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.calendars.page_urls")]
AT_NOON = "2025-09-12 04:00:00+00:00"


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel(AT_NOON, tick=False):
        yield


@pytest.fixture
def entered(bureau: Unit, schools: list[Unit], term_entries: tuple[TermEntry, ...]) -> Unit:
    """A county with its days and terms, and a school closed on a day of its own."""
    seed_state_council(bureau, (2025, 2026))
    seed_terms(bureau, term_entries)
    SchoolDayOverride.objects.create(
        county=bureau, school=schools[1], day=date(2025, 9, 15), is_school_day=False, reason="停电"
    )
    return bureau


def signed_in(viewer: Viewer) -> Client:
    return stale_client_of(Person.objects.get(posts=viewer.posts[0].id))


def read(viewer: Viewer, query: str = "") -> str:
    answer = signed_in(viewer).get(f"/calendars/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_is_not_signed_in_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get("/calendars/")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_who_holds_no_post_reads_no_calendar() -> None:
    person = Person.objects.create_person("nobody", "甲")
    assert stale_client_of(person).get("/calendars/").status_code == 403


def test_the_page_opens_on_the_school_year_of_today(entered: Unit, officer: Viewer) -> None:
    page = read(officer)
    assert "2025—2026学年校历（全县）" in page
    assert "9月12日，上课" in page
    assert "10月11日，上课，调休上班" in page
    assert "2026年1月16日" in page


def test_the_county_sees_every_school_s_exceptions(entered: Unit, officer: Viewer) -> None:
    page = read(officer)
    assert "西镇小学" in page
    assert "9月15日，上课" in page


def test_a_school_does_not_see_another_school_s_exceptions(
    entered: Unit, head_teacher: Viewer
) -> None:
    page = read(head_teacher)
    assert "2025—2026学年校历（东镇小学）" in page
    assert "西镇小学" not in page
    assert "本学年没有停课和补课登记" in page


def test_a_school_sees_its_own_closure_in_the_grid(
    entered: Unit, schools: list[Unit], head_teacher: Viewer
) -> None:
    SchoolDayOverride.objects.create(
        county=entered, school=schools[0], day=date(2025, 9, 16), is_school_day=False, reason="停水"
    )
    SchoolDayOverride.objects.create(
        county=entered, day=date(2025, 9, 17), is_school_day=False, reason="暴雨"
    )
    page = read(head_teacher)
    assert "9月16日，停课（本校安排）" in page
    assert "9月17日，停课</span>" in page  # the county's looks otherwise
    assert '<span class="mark">校停</span>' in page


def test_a_year_without_an_arrangement_says_so_on_the_page(entered: Unit, officer: Viewer) -> None:
    assert "尚未登记" not in read(officer)
    assert "2027年放假调休安排尚未登记" in read(officer, "?year=2026")


@pytest.mark.parametrize("asked", ["?year=abc", "?year=1999", "?year=2100", "?year=-1", "?year="])
def test_a_year_that_cannot_be_shows_the_present_one(
    entered: Unit, officer: Viewer, asked: str
) -> None:
    assert "2025—2026学年校历" in read(officer, asked)


def test_the_first_and_the_last_year_can_be_read(entered: Unit, officer: Viewer) -> None:
    assert "上一学年" not in read(officer, "?year=2000")
    assert "下一学年" not in read(officer, "?year=2099")


def test_the_page_costs_the_same_with_many_exceptions(
    entered: Unit, officer: Viewer, count_queries: type[CaptureQueriesContext]
) -> None:
    client = signed_in(officer)
    client.get("/calendars/")
    with count_queries(connection) as few:
        client.get("/calendars/")
    for day in range(1, 30):
        SchoolDayOverride.objects.create(
            county=entered, day=date(2025, 11, day), is_school_day=False, reason="停课"
        )
    with count_queries(connection) as many:
        client.get("/calendars/")
    assert len(many) == len(few)
