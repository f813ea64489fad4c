"""Each number of a desk is a link, and the list it opens has as many rows; for every role."""

import re
from datetime import date

import pytest
from django.utils import timezone

from cases.policy import Act
from foundation.accounts.actions import shift_clock
from foundation.accounts.roles import OFFICES
from tests.cases.steps import OPENED, at, call_roll, do, sweep_on
from tests.cast import ROLES, make_child

NUMBER = re.compile(
    r'<a class="state-[^"]*" href="([^"]+)"><span class="tally-count">(\d+)</span>'
    r'<span class="tally-label">(?:<svg.*?</svg>)?\s*([^<]+)</span>',
    re.S,
)
STAGE = re.compile(r'<a href="([^"]+)"><span>([^<]+)</span><span class="num strong">(\d+)</span>')
LATE = re.compile(r'<th scope="row"><a href="([^"]+)">([^<]+)</a>.*?</th>\s*<td[^>]*>(\d+)</td>')
DESKS = [role for role in ROLES if role not in OFFICES]
DAY = date(2025, 9, 23)
# the number of the desk → that of the page of rates
RATES = {
    "应点名班级": "早上应点班次",
    "已点名班级应到": "已点名班级应到",
    "实到": "实到",
    "未点名班级": "未点名",
}


@pytest.fixture
def filled(cast, case, on) -> None:
    """A suspected child, one that came back, and one of the next township, on a late Tuesday."""
    back = make_child(cast.here, "李小红")
    for day in (15, 16, 17, 18, 19, 22):
        away = (case.child, back) if day < 18 else (case.child,)
        call_roll(cast, date(2025, 9, day), *away)
        sweep_on(date(2025, 9, day))
    call_roll(cast, DAY, case.child)
    on(DAY)


def listed(page: str) -> int:
    """How many rows the list tells, over all its pages."""
    told = re.search(r'list-head">[^<]*共(\d+)', page)
    assert told, page
    return int(told.group(1))


@pytest.mark.parametrize("role", DESKS)
def test_the_numbers_of_cases_are_those_of_their_lists(role, filled, page_of) -> None:
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


def test_the_numbers_are_not_all_nought(filled, page_of) -> None:
    page = page_of("county_desk")
    numbers = {label: int(n) for _, n, label in NUMBER.findall(page)}
    assert (numbers["疑似辍学"], numbers["本月复学"]) == (1, 1)
    assert STAGE.findall(page)
    assert LATE.findall(page)


def test_what_is_not_counted_yet_is_no_nought(cast, case, settings, page_of) -> None:
    settings.CLOCK_MAY_SHIFT = True
    shift_clock(at(OPENED) - timezone.now())
    page = page_of("county_desk")
    assert "还没有统计" in page
    assert "本月复学" not in page


def test_the_morning_of_a_school_is_that_of_its_page(cast, filled, page_of) -> None:
    numbers = {label: int(n) for _, n, label in NUMBER.findall(page_of("head_teacher"))}
    page = page_of("head_teacher", f"/mornings/schools/{cast.here.school.pk}/")
    total = re.search(r"<tfoot>.*?</tfoot>", page, re.S)
    assert total
    cells = re.findall(r"<td[^>]*>(?:<strong>)?(\d+)", total.group())
    assert [numbers[one] for one in ("应到", "实到", "缺勤")] == [int(n) for n in cells[:3]]
    assert numbers["未点名班级"] == 0


def test_the_rolls_of_an_area_are_those_of_the_rates_page(filled, page_of) -> None:
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


def test_who_is_late_opens_the_list_of_that_unit(cast, case, on, page_of) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    on(DAY)
    late = LATE.findall(page_of("county_desk"))
    assert [name for _, name, _ in late] == ["东镇中学"]
    page = page_of("county_desk", late[0][0].replace("&amp;", "&"))
    assert listed(page) == int(late[0][2])
    assert "谁逾期" not in page_of("registrar")


def test_the_next_township_sees_neither_number_nor_unit(filled, page_of) -> None:
    page = page_of("township_leader", there=True)
    assert all(int(n) == 0 for _, n, label in NUMBER.findall(page) if "学" in label)
    assert "辖区内没有逾期事项" in page
