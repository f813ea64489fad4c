"""The desk says nothing is to be done only when nothing waits; who reads which numbers."""

import re
from datetime import date

import pytest

from cases.policy import Act
from tests.cases.steps import OPENED, call_roll, do
from tests.cast import make_child

NOTHING = "今天没有待办事项"
NUMBER = re.compile(
    r'href="([^"]+)"><span class="tally-count">(\d+)</span>'
    r'<span class="tally-label">(?:<svg.*?</svg>)?\s*([^<]+)</span>',
    re.S,
)


@pytest.fixture
def pupils(cast):
    return [make_child(cast.here, name) for name in ("张小明", "李小红")]


def numbers(page: str) -> dict[str, tuple[str, int]]:
    return {label: (url, int(n)) for url, n, label in NUMBER.findall(page)}


@pytest.mark.parametrize("role", ["class_teacher", "registrar", "head_teacher"])
def test_an_uncalled_class_and_an_unsent_report_are_to_be_done(pupils, on, page_of, role) -> None:
    on(OPENED)
    page = page_of(role)
    assert NOTHING not in page
    todo = page[page.index('class="todo"') : page.index("今日到校")]
    assert "未点名" in todo
    assert "变动日报" in todo


def test_a_teacher_reads_who_is_expected_and_who_is_there(cast, pupils, on, page_of) -> None:
    on(OPENED)
    assert numbers(page_of("class_teacher"))["应到"] == (f"/roll/{cast.here.school_class.pk}/", 2)
    call_roll(cast, OPENED, pupils[0])
    found = numbers(page_of("class_teacher"))
    assert [found[label][1] for label in ("应到", "实到", "缺勤")] == [2, 1, 1]


def test_who_answers_for_an_area_reads_absences_and_reports(cast, pupils, on, page_of) -> None:
    on(OPENED)
    call_roll(cast, OPENED, pupils[0])
    for role in ("county_desk", "supervisor", "township_officer", "education_office"):
        found = numbers(page_of(role))
        assert found["缺勤"][1] == 1, role
        url, missing = found["未交变动日报的班"]
        assert f"还有<strong>{missing}</strong>个班没有报告" in page_of(role, url)
        assert missing > 0


def test_the_uncalled_classes_are_listed_where_their_number_leads(
    cast, pupils, on, page_of
) -> None:
    on(OPENED)
    for role in ("registrar", "county_desk", "township_officer"):
        url, missing = numbers(page_of(role))["未点名班级"]
        assert missing > 0
        path, _, place = url.partition("#")
        page = page_of(role, path)
        assert f'id="{place}"' in page, (role, url)
        listed = page[page.index(f'id="{place}"') :]
        assert cast.here.school_class.name_on(OPENED) in listed


def test_who_may_press_is_led_to_the_late_duties(cast, case, on, page_of) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    on(date(2025, 9, 15))
    for role in ("central_school", "township_officer", "county_desk"):
        assert "去催办" in page_of(role), role
        assert "再按「催办」" in page_of(role, "/duties/?of=area&due=overdue"), role
    for role in ("supervisor", "head_teacher"):  # whose teachers owe nothing here
        assert "去催办" not in page_of(role), role
