"""Any office enters what the public tells it, keeps the source to itself, and answers (R23)."""

from typing import Any

import pytest
from django.urls import reverse

from cases.models import Case, DiscoveryReport
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.discoveries.help import FRI, MON, TUE, case_page, last, report

pytestmark = pytest.mark.django_db
INFORMANT = "李四 139****0000"
CLEARED = "已到现场核实，没有发现童工，电话告知反映人。"
OUTSIDE = {"way": "public", "informant": INFORMANT}


@pytest.fixture(autouse=True)
def _that_day(clock_on: Any) -> None:
    clock_on(FRI)


def _words(cast: Cast, role: str) -> str:
    url = reverse("discoveries:report", args=[last().pk])
    return page(client_of(cast.person(role)).get(url))


def test_it_may_tell_of_an_act_and_name_no_child(cast: Cast) -> None:
    answer = report(cast, "township_officer", **OUTSIDE, name="", born_on="")
    assert answer.status_code == 302
    assert not Case.objects.exists()
    assert "待答复" in page(client_of(cast.person("township_officer")).get(answer.url))


def test_of_its_own_an_office_names_the_child(cast: Cast) -> None:
    assert "请填写儿童姓名" in page(report(cast, "township_officer", name=""), 422)


def test_a_named_child_becomes_a_case_whose_page_keeps_the_source(cast: Cast) -> None:
    report(cast, "registrar", **OUTSIDE)
    case = Case.objects.get()
    assert case.source == "public"
    seen = case_page(cast, "township_officer", case)
    assert "群众反映，立案" in seen
    assert "李四" not in seen


def test_the_source_is_read_by_the_office_and_the_county_alone(cast: Cast) -> None:
    report(cast, "village_cadre")
    report(cast, "registrar", **OUTSIDE)
    assert INFORMANT in _words(cast, "registrar")
    assert INFORMANT in _words(cast, "county_desk")
    other = client_of(cast.person("village_cadre"))
    assert other.get(reverse("discoveries:report", args=[last().pk])).status_code == 404
    assert "李四" not in DiscoveryReport.objects.latest("pk").informant_sealed


def test_an_answer_is_recorded_and_corrected_by_a_later_one(cast: Cast) -> None:
    report(cast, "township_officer", **OUTSIDE, name="", born_on="")
    client, url = (
        client_of(cast.person("township_officer")),
        reverse("discoveries:answer", args=[last().pk]),
    )
    for text in (
        CLEARED,
        "更正：已责令清退一名，已书面告知。",
    ):
        assert client.post(url, {"day": FRI.isoformat(), "text": text}).status_code == 302
    words = _words(cast, "township_officer")
    assert "已答复" in words
    assert words.index("已责令清退一名") < words.index("没有发现童工")


@pytest.mark.parametrize("day", [MON, TUE])
def test_an_answer_of_tomorrow_is_refused(cast: Cast, day: Any) -> None:
    report(cast, "township_officer", **OUTSIDE, name="", born_on="")
    url = reverse("discoveries:answer", args=[last().pk])
    sent = {"day": day.isoformat(), "text": CLEARED}
    answer = client_of(cast.person("township_officer")).post(url, sent)
    assert "不晚于今天" in page(answer, 422)


def test_what_an_office_found_itself_needs_no_answer(cast: Cast) -> None:
    report(cast, "township_officer", village=str(cast.here.village.pk))
    url = reverse("discoveries:answer", args=[last().pk])
    sent = {"day": FRI.isoformat(), "text": CLEARED}
    assert "不需要答复" in page(client_of(cast.person("township_officer")).post(url, sent), 422)


def test_what_two_people_tell_of_one_child_are_two_reports_of_one_case(cast: Cast) -> None:
    for who in (INFORMANT, "王五 139****1111"):
        assert report(cast, "registrar", **{**OUTSIDE, "informant": who}).status_code == 302
    assert DiscoveryReport.objects.count() == 2
    assert Case.objects.get().discoveries.count() == 2
