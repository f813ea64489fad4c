"""A child on no roll and of no catchment gets a school from its township (design 4)."""

from typing import Any

import pytest
from django.urls import reverse

from cases.models import Case
from foundation.messaging.models import Message
from students.roster.pupils.acts.pupils import open_class
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.discoveries.help import FRI, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast, clock_on: Any) -> Case:
    clock_on(FRI)
    open_class(cast.here.school, "1", 2020, 1)
    report(cast, "village_cadre")
    return Case.objects.get()


def _name_school(cast: Cast, case: Case, role: str = "township_officer") -> Any:
    url = reverse("discoveries:school", args=[case.number])
    sent = {"version": case.version, "school": cast.here.school.pk}
    return client_of(cast.person(role)).post(url, sent)


def test_without_a_school_no_return_can_be_entered(cast: Cast, case: Case) -> None:
    url = reverse("act", args=[case.number, "return"])
    sent = {"version": case.version, "occurred_on": FRI, "placement": "same_class"}
    answer = client_of(cast.person("township_officer")).post(url, sent)
    assert "请先由乡镇「确定责任学校」" in page(answer, 422)


def test_the_school_hears_and_may_act_and_the_rung_stays(cast: Cast, case: Case) -> None:
    due = case.deadlines.get().due_on
    assert _name_school(cast, case).status_code == 302
    case.refresh_from_db()
    assert (case.school, case.stage) == (cast.here.school.unit, "D4")
    assert case.deadlines.get().due_on == due
    assert Message.objects.filter(to_unit=cast.here.school.unit, title__contains="贵校").exists()
    words = page(client_of(cast.person("registrar")).get(reverse("case", args=[case.number])))
    assert "确定责任学校：" in words
    assert "登记返校" in words


def test_named_wrongly_another_is_named_and_both_hear(cast: Cast, case: Case) -> None:
    _name_school(cast, case)
    case.refresh_from_db()
    assert "责任学校没有变化" in page(_name_school(cast, case), 422)
    open_class(cast.there.school, "1", 2020, 1)
    url = reverse("discoveries:school", args=[case.number])
    sent = {"version": case.version, "school": cast.there.school.pk}
    assert client_of(cast.person("township_officer")).post(url, sent).status_code == 302
    case.refresh_from_db()
    assert case.school == cast.there.school.unit
    told = Message.objects.filter(to_unit=cast.here.school.unit, title__contains="改由其他学校")
    assert told.exists()


def test_only_schools_of_the_child_s_stage_are_offered_those_of_the_township_first(
    cast: Cast, case: Case
) -> None:
    url = reverse("discoveries:school", args=[case.number])
    client = client_of(cast.person("township_officer"))
    assert str(cast.there.school.unit) not in page(client.get(url))
    open_class(cast.there.school, "1", 2020, 1)
    words = page(client.get(url))
    here, there = (words.index(str(side.school.unit)) for side in (cast.here, cast.there))
    assert here < there


def test_once_the_school_has_entered_it_no_other_is_named(cast: Cast, case: Case) -> None:
    _name_school(cast, case)
    Case.objects.update(registered_on=FRI)
    case.refresh_from_db()
    assert _name_school(cast, case).status_code == 403


def test_two_at_once_are_told_of_each_other(cast: Cast, case: Case) -> None:
    url = reverse("discoveries:school", args=[case.number])
    sent = {"version": case.version - 1, "school": cast.here.school.pk}
    answer = client_of(cast.person("township_officer")).post(url, sent)
    assert "有了新的进展" in page(answer, 422)


@pytest.mark.parametrize("role", ["registrar", "village_cadre", "education_office"])
def test_nobody_else_names_it(cast: Cast, case: Case, role: str) -> None:
    assert _name_school(cast, case, role).status_code in (403, 404)
