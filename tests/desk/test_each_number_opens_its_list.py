"""Each number of a desk is a link, and the list it opens has as many rows; for every role."""

import re
from datetime import date

import pytest
from django.test import override_settings

from foundation.accounts.roles import OFFICES
from tests.cases.steps import a_case, call_roll, sweep_on
from tests.cast import ROLES, Cast, make_child
from tests.desk.conftest import move_to
from tests.desk.numbers import LATE, NUMBER, STAGE, listed

DESKS = [role for role in ROLES if role not in OFFICES]
DAY = date(2025, 9, 23)
# the number of the desk → that of the page of rates
RATES = {
    "应点名班级": "早上应点班次",
    "已点名班级应到": "已点名班级应到",
    "实到": "实到",
    "未点名班级": "未点名",
}


@pytest.fixture(scope="module", autouse=True)
def _filled(beside_cast) -> None:
    """A suspected child, one that came back, and one of the next township, on a late Tuesday."""
    with override_settings(CLOCK_MAY_SHIFT=True):
        beside_cast(_fill)


def _fill(cast: Cast) -> None:
    case = a_case(cast, make_child(cast.here))
    back = make_child(cast.here, "李小红")
    for day in (15, 16, 17, 18, 19, 22):
        away = (case.child, back) if day < 18 else (case.child,)
        call_roll(cast, date(2025, 9, day), *away)
        sweep_on(date(2025, 9, day))
    call_roll(cast, DAY, case.child)
    move_to(DAY)


@pytest.fixture(autouse=True)
def _shifted(settings) -> None:
    settings.CLOCK_MAY_SHIFT = True


@pytest.mark.parametrize("role", DESKS)
def test_the_numbers_of_cases_are_those_of_their_lists(role, page_of) -> None:
    page = page_of(role)
    found = [(url, label, int(n)) for url, n, label in NUMBER.findall(page)]
    found += [(url, label, int(n)) for url, label, n in STAGE.findall(page)]
    found += [(url, label, int(n)) for url, label, n in LATE.findall(page)]
    of_cases = [one for one in found if one[0].startswith(("/cases/", "/duties/"))]
    assert {label for _, label, _ in of_cases} >= {"疑似辍学", "辍学", "本月复学"}
    for url, label, number in of_cases:
        assert listed(page_of(role, url.replace("&amp;", "&"))) == number, (label, url)
    for url, label, _ in found:
        assert page_of(role, url.replace("&amp;", "&")), label


def test_the_numbers_are_not_all_nought(page_of) -> None:
    page = page_of("county_desk")
    numbers = {label: int(n) for _, n, label in NUMBER.findall(page)}
    assert (numbers["疑似辍学"], numbers["本月复学"]) == (1, 1)
    assert STAGE.findall(page)
    assert LATE.findall(page)


def test_the_morning_of_a_school_is_that_of_its_page(cast, page_of) -> None:
    numbers = {label: int(n) for _, n, label in NUMBER.findall(page_of("head_teacher"))}
    page = page_of("head_teacher", f"/mornings/schools/{cast.here.school.pk}/")
    total = re.search(r"<tfoot>.*?</tfoot>", page, re.S)
    assert total
    cells = re.findall(r"<td[^>]*>(?:<strong>)?(\d+)", total.group())
    assert [numbers[one] for one in ("应到", "实到", "缺勤")] == [int(n) for n in cells[:3]]
    assert numbers["未点名班级"] == 0


def test_the_rolls_of_an_area_are_those_of_the_rates_page(page_of) -> None:
    for role in ("township_officer", "county_desk", "supervisor"):
        numbers = {label: int(n) for _, n, label in NUMBER.findall(page_of(role))}
        if "应点名班级" not in numbers:  # an area of one school reads that school's morning
            continue
        page = page_of(role, "/mornings/rates/")
        for ours, theirs in RATES.items():
            shown = re.search(
                rf'tally-count">(\d+)</span><span class="tally-label">{theirs}<', page
            )
            assert shown, theirs
            assert numbers[ours] == int(shown.group(1)), ours


def test_the_next_township_sees_neither_number_nor_unit(page_of) -> None:
    page = page_of("township_leader", there=True)
    assert all(int(n) == 0 for _, n, label in NUMBER.findall(page) if "学" in label)
    assert "辖区内没有逾期事项" in page
