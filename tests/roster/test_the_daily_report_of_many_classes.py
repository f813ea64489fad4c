"""变动日报 of an area: schools rolled up and paged, a school's classes paged, and 催办 (R35)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from foundation import clock
from foundation.accounts.models import AuditEvent
from foundation.messaging.models import Message
from students.roster.changes.acts.reports import report_day
from students.roster.models import SchoolClass
from students.roster.pupils.acts.pupils import open_class
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.roster.changing import FRI, by

pytestmark = pytest.mark.django_db
URL = "/changes/reports/"


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRI)


@pytest.fixture
def desk(cast: Cast) -> Client:
    """The county's desk."""
    return client_of(cast.person("county_desk"))


def report(cast: Cast) -> None:
    """Our class has reported."""
    report_day(by(cast, "class_teacher", FRI), cast.here.school_class.pk, FRI, ())


def nudge(client: Client, cast: Cast, day: date = FRI) -> str:
    """Ask for our school's reports; the words of the page that follows."""
    url = f"{URL}schools/{cast.here.school.pk}/{day}/nudge/"
    return page(client.post(url, follow=True))


def many(cast: Cast, number: int) -> None:
    """So many classes of ours in all."""
    for one in range(1, number):
        SchoolClass.objects.create(
            school=cast.here.school, stage="2", entry_year=2025, number=20 + one
        )


def test_the_county_reads_schools_the_one_with_most_missing_first(cast: Cast, desk: Client):
    many(cast, 2)
    open_class(cast.there.school, "2", 2025, 1)
    report(cast)
    answer = desk.get(URL)
    rows = [
        (row.school.unit.name, row.classes, row.missing) for row in answer.context["table"].records
    ]
    assert rows == [("西镇中学", 2, 2), ("东镇中学", 2, 1)]
    words = page(answer)
    assert "共2所学校、4个班" in words
    assert "还有<strong>3</strong>个班没有报告" in words
    assert "八年级2班" not in words


def test_a_school_of_the_list_opens_its_classes(cast: Cast, desk: Client):
    words = page(desk.get(URL, {"school": cast.here.school.pk}))
    assert "八年级2班" in words
    assert "返回各校汇总" in words
    assert "西镇" not in words


@pytest.mark.parametrize(("number", "shown"), [(49, 49), (50, 50), (51, 50)])
def test_the_classes_of_a_school_are_paged(cast: Cast, number: int, shown: int):
    many(cast, number)
    answer = client_of(cast.person("registrar")).get(URL)
    assert len(answer.context["table"].records) == shown
    assert f"共{number}个班" in page(answer)


def test_the_queries_do_not_grow_with_the_classes(cast: Cast, desk: Client, count_queries: Any):
    with count_queries(connection) as few:
        desk.get(URL)
    many(cast, 30)
    with count_queries(connection) as more:
        desk.get(URL)
    assert len(more) == len(few)


def test_the_desk_of_a_school_writes_to_the_teachers_of_the_missing_classes(cast: Cast):
    many(cast, 2)  # the second class has no teacher
    words = nudge(client_of(cast.person("registrar")), cast)
    assert "已催办1个班：八年级2班" in words
    assert "七年级21班没有安排班主任" in words
    letter = Message.objects.get(key__startswith="nudge_reports:")
    assert letter.to_post_id == cast.post("class_teacher").pk
    assert letter.url == f"{URL}{cast.here.school_class.pk}/{FRI}/"
    assert AuditEvent.objects.get(verb="nudge_reports").object_id == cast.here.school.pk


@pytest.mark.parametrize("role", ["central_school", "county_desk"])
def test_who_stands_above_writes_to_the_school(cast: Cast, role: str):
    assert "催办" in page(client_of(cast.person(role)).get(URL))
    nudge(client_of(cast.person(role)), cast)
    letter = Message.objects.get(key__startswith="nudge_reports:")
    assert (letter.to_unit_id, letter.to_post_id) == (cast.here.school.pk, None)
    assert "还有1个班没有报告变动日报" in letter.title


def test_a_second_nudge_within_the_hour_writes_nothing(cast: Cast, desk: Client):
    nudge(desk, cast)
    assert "一小时内已经催办过" in nudge(desk, cast)
    assert Message.objects.filter(key__startswith="nudge_reports:").count() == 1


def test_where_all_have_reported_there_is_nobody_to_nudge(cast: Cast, desk: Client):
    report(cast)
    assert "各班都已报告，不需要催办" in nudge(desk, cast)
    assert "催办</button>" not in page(client_of(cast.person("registrar")).get(URL))


def test_a_day_without_school_asks_for_no_report(cast: Cast, desk: Client):
    assert "不需要报告" in nudge(desk, cast, date(2025, 9, 13))
    assert not Message.objects.exists()


def test_supervision_and_teachers_only_read(cast: Cast):
    for role in ("supervisor", "class_teacher"):
        client = client_of(cast.person(role))
        assert "催办" not in page(client.get(URL))
        url = f"{URL}schools/{cast.here.school.pk}/{FRI}/nudge/"
        assert client.post(url).status_code == 403


@pytest.mark.parametrize("role", ["township_officer", "education_office"])
def test_a_township_counts_the_reports_of_its_schools_and_presses_them(
    cast: Cast, role: str
) -> None:
    open_class(cast.there.school, "2", 2025, 1)
    many(cast, 2)
    report(cast)
    browser = client_of(cast.person(role))
    words = page(browser.get(URL))
    assert "东镇中学" in words
    assert "西镇中学" not in words
    assert "还有<strong>1</strong>个班没有报告" in words
    assert "日报表" not in words  # it names children
    assert "已催办1个班" in nudge(browser, cast)
    letter = Message.objects.get(key__startswith="nudge_reports:")
    assert letter.to_unit_id == cast.here.school.pk
    assert browser.post(f"{URL}schools/{cast.there.school.pk}/{FRI}/nudge/").status_code == 404
