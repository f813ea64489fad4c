"""A promised day of return stands in the list of whoever was told it, until it is seen to."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cases.models import Case, Deadline
from cases.pages.queue import mine
from cases.policy import Act
from tests.browsing import client_of, page
from tests.cases.steps import call_roll, deadline, do, sweep_on
from tests.cast import Cast

pytestmark = pytest.mark.django_db
FRI, SUN, MON, TUE, WED = (date(2025, 9, day) for day in (12, 14, 15, 16, 17))
LATER = {"contact_result": "later", "attitude": "agrees"}


@pytest.fixture
def case(cast: Cast, standing_case: Any) -> Case:
    made: Case = standing_case()
    return made


def _promise(cast: Cast, case: Case, day: date, on: date, role: str = "class_teacher") -> Case:
    return do(cast, case, Act.CONTACT, role, on, **LATER, promised_on=day)


def _in_queue(cast: Cast, role: str, day: date) -> list[str]:
    rows = mine(cast.viewer(role, day), day)
    return sorted(rows.values_list("code", flat=True))


def test_it_is_due_on_the_very_day_also_on_a_sunday(cast: Cast, case: Case) -> None:
    _promise(cast, case, SUN, FRI)
    row = deadline(case, "promise")
    assert (row.day0, row.due_on, row.level) == (FRI, SUN, "school")


def test_teacher_and_desk_both_find_it(cast: Cast, case: Case) -> None:
    _promise(cast, case, MON, FRI)
    assert "promise" in _in_queue(cast, "class_teacher", MON)
    assert "promise" in _in_queue(cast, "registrar", MON)


def test_a_day_that_passed_without_a_return_is_overdue(cast: Cast, case: Case) -> None:
    _promise(cast, case, MON, FRI)
    sweep_on(TUE)
    row = deadline(case, "promise")
    assert row.is_open
    assert row.due_on < TUE


def test_a_talk_on_the_day_or_after_it_fulfils_it_and_one_before_does_not(
    cast: Cast, case: Case
) -> None:
    _promise(cast, case, TUE, FRI)
    do(cast, case, Act.CONTACT, "class_teacher", MON)
    assert deadline(case, "promise").met_on is None
    do(cast, case, Act.CONTACT, "class_teacher", WED)
    assert deadline(case, "promise").met_on == WED


def test_a_later_promise_takes_the_place_of_the_first(cast: Cast, case: Case) -> None:
    _promise(cast, case, MON, FRI)
    _promise(cast, case, WED, FRI, "registrar")
    rows = Deadline.objects.filter(case=case, code="promise").order_by("cycle")
    assert [(row.due_on, row.is_open) for row in rows] == [(MON, False), (WED, True)]


def test_a_child_that_comes_keeps_it(cast: Cast, case: Case) -> None:
    _promise(cast, case, TUE, FRI)
    call_roll(cast, MON)
    assert not deadline(case, "promise").is_open
    assert _in_queue(cast, "class_teacher", TUE).count("promise") == 0


def test_the_page_says_why_it_is_that_day(cast: Cast, case: Case) -> None:
    _promise(cast, case, MON, FRI)
    row = deadline(case, "promise")
    url = reverse("why", args=[case.number, row.pk])
    words = page(client_of(cast.person("registrar")).get(url))
    assert "监护人承诺" in words
