"""A teacher or the school's desk reports a pupil who is gone before the roll says so."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from cases.models import Case
from foundation.days import ONE_DAY
from students.roster.models import Child
from tests.browsing import client_of, page
from tests.cases.steps import call_roll
from tests.cast import Cast, make_child
from tests.discoveries.help import FRI, MON, TUE

pytestmark = pytest.mark.django_db
TEXT = "同学说已经跟表哥去了县城的饭店打工，电话关机。"


@pytest.fixture
def hua(cast: Cast, clock_on: Any) -> Child:
    clock_on(FRI)
    return make_child(cast.here, "赵小华")


def _report(cast: Cast, child: Child, role: str = "class_teacher", **more: Any) -> Any:
    sent = {"missed_since": FRI.isoformat(), "text": TEXT, **more}
    return client_of(cast.person(role)).post(reverse("discoveries:pupil", args=[child.pk]), sent)


@pytest.mark.parametrize("role", ["class_teacher", "registrar"])
def test_the_report_of_the_school_is_the_report_that_d1_waits_for(
    cast: Cast, hua: Child, role: str
) -> None:
    assert _report(cast, hua, role).status_code == 302
    case = Case.objects.get()
    assert (case.stage, case.source) == ("D2", "school")
    assert case.deadlines.get(code="register").due_on == FRI
    words = page(client_of(cast.person(role)).get(reverse("case", args=[case.number])))
    assert "学校报告，立案" in words
    assert TEXT in words


def test_the_roll_asks_for_the_reported_child_by_name(
    cast: Cast, hua: Child, clock_on: Any
) -> None:
    url = reverse("roll_class", args=[cast.here.school_class.pk])
    client = client_of(cast.person("class_teacher"))
    assert "已报告未到校" not in page(client.get(url))
    _report(cast, hua)
    assert "9月12日已报告未到校" in page(client.get(url))
    sent = {"version": "0", "uuid": str(uuid4()), "session": "d", "go": "all"}
    assert client.post(url, sent).status_code == 422
    assert Case.objects.get().stage == "D2"


def test_the_case_knows_the_last_day_at_school(cast: Cast, hua: Child, clock_on: Any) -> None:
    call_roll(cast, FRI)
    clock_on(MON)
    _report(cast, hua, missed_since=MON.isoformat())
    assert Case.objects.get().last_present_on == FRI


def test_a_call_on_the_evening_of_the_last_day_is_recorded_and_none_before_it(
    cast: Cast, hua: Child, clock_on: Any
) -> None:
    call_roll(cast, FRI)
    clock_on(MON)
    _report(cast, hua, missed_since=MON.isoformat())
    case = Case.objects.get()
    sent = {
        "version": case.version,
        "occurred_on": (FRI - ONE_DAY).isoformat(),
        "method": "phone",
        "content": "父亲来电说孩子要去县城打工，讲明应当送返。",
        "contact_result": "hesitates",
    }
    client, url = client_of(cast.person("class_teacher")), f"/cases/{case.number}/contact/"
    assert "不能早于" in page(client.post(url, sent), 422)
    assert client.post(url, {**sent, "occurred_on": FRI.isoformat()}).status_code == 302


def test_a_day_ahead_is_refused_in_the_words_of_the_form(cast: Cast, hua: Child) -> None:
    answer = _report(cast, hua, missed_since=MON.isoformat())
    assert "开始未上学的日期不能晚于今天" in page(answer, 422)


def test_the_page_of_the_pupil_offers_it_until_there_is_a_case(cast: Cast, hua: Child) -> None:
    client, url = client_of(cast.person("class_teacher")), reverse("pupil", args=[hua.pk])
    assert "报告未到校" in page(client.get(url))
    _report(cast, hua)
    assert "报告未到校" not in page(client.get(url))


def test_a_presence_by_the_roll_is_later_than_the_report_says(cast: Cast, hua: Child) -> None:
    call_roll(cast, FRI)
    answer = _report(cast, hua)
    assert "点名记着该生2025年9月12日还在校" in page(answer, 422)
    assert not Case.objects.exists()


def test_the_roll_of_the_next_days_opens_no_second_case(
    cast: Cast, hua: Child, clock_on: Any
) -> None:
    _report(cast, hua)
    for day in (MON, TUE):
        clock_on(day)
        call_roll(cast, day, hua)
    assert Case.objects.count() == 1


def test_a_child_back_by_the_roll_is_under_observation(
    cast: Cast, hua: Child, clock_on: Any
) -> None:
    _report(cast, hua)
    clock_on(MON)
    call_roll(cast, MON)
    assert Case.objects.get().stage == "D9"


def test_the_teacher_of_another_school_finds_nothing(cast: Cast, hua: Child) -> None:
    url = reverse("discoveries:pupil", args=[hua.pk])
    assert client_of(cast.person("class_teacher", there=True)).get(url).status_code == 404
