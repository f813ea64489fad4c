"""学籍变动月报: a dropout is on the roll and not in class; the rows and the file fit the school."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from foundation import clock
from reporting.figures.loading import load
from reporting.figures.months import ReturnMonth
from reporting.figures.tallies import count_case
from students.roster.changes.book import SIGNED
from students.roster.changes.figures import HEADS
from students.roster.changes.months import MonthOfChanges
from students.roster.pupils.acts.pupils import add_child, enrol, open_class
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.reporting.facts import bring_back, call_rolls, open_case, school_days


@pytest.fixture
def registrar(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "today", lambda: date(2025, 12, 5))
    return client_of(cast.person("registrar"))


@pytest.fixture
def away(cast: Cast):
    """A child misses every school day from 8 September to 14 November, and is back on the 17th."""
    child = make_child(cast.here)
    days = school_days(cast.county.pk, date(2025, 9, 1), date(2025, 11, 28))
    missed = [day for day in days if date(2025, 9, 8) <= day < date(2025, 11, 17)]
    call_rolls(cast.here.school_class, days, {child: missed})
    case = open_case(child, cast.here.school_class, missed[0])
    bring_back(case, date(2025, 11, 17))
    return child


def month_of(client: Client, month: str) -> MonthOfChanges:
    found: MonthOfChanges = client.get("/changes/months/", {"month": month}).context["month"]
    return found


def figures(month: MonthOfChanges) -> dict[tuple[str, str], int]:
    """The numbers of 合计 that are not 0."""
    named = zip(HEADS, month.rows[-1].cells, strict=True)
    return {head: number for head, number in named if number}


def test_in_the_month_of_dropping_out_the_child_leaves_class_and_stays_on_the_roll(registrar, away):
    month = month_of(registrar, "2025-10")
    assert figures(month) == {
        ("", "月初在校"): 1,
        ("减少", "辍学"): 1,
        ("减少", "合计"): 1,
        ("", "在籍不在校"): 1,
        ("", "月末在籍"): 1,
    }
    assert month.is_balanced


def test_before_the_threshold_the_child_is_in_class(registrar, away):
    found = figures(month_of(registrar, "2025-09"))
    assert found[("", "月末在校")] == 1
    assert ("", "在籍不在校") not in found


def test_back_at_school_it_is_counted_as_come_back(registrar, away):
    found = figures(month_of(registrar, "2025-11"))
    assert (found[("增加", "复学")], found[("", "月末在校")]) == (1, 1)
    assert ("", "月初在校") not in found
    assert ("", "在籍不在校") not in found


def test_a_junior_school_has_its_three_grades_and_the_total(registrar, cast):
    make_child(cast.here)
    rows = [row.grade for row in month_of(registrar, "2025-10").rows]
    assert rows == ["七年级", "八年级", "九年级", "合计"]


def test_a_school_of_both_stages_has_nine(registrar, cast):
    open_class(cast.here.school, "1", 2024, 1)
    assert len(month_of(registrar, "2025-10").rows) == 10


def test_a_finished_class_stands_in_no_row_and_the_page_says_so(registrar, cast):
    make_child(cast.here)
    finished = open_class(cast.here.school, "2", 2022, 1)
    child = add_child(cast.county, "毕业甲")
    enrol(child, finished, date(2022, 9, 1))
    month = month_of(registrar, "2025-10")
    assert "已毕业" not in [row.grade for row in month.rows]
    assert figures(month)[("", "月末在籍")] == 1
    assert len(month.finished) == 1
    words = page(registrar.get("/changes/months/?month=2025-10"))
    assert "另有1名学生所在班级已结束学业" in words
    assert f'href="/pupils/{child.pk}/">毕业甲</a>' in words
    url = f"/census/graduation/?school={cast.here.school.pk}&amp;year=2024"
    assert f'href="{url}"' in words
    assert "另有1名学生所在班级已结束学业" in told_in(registrar, "2025-10")


def test_the_file_has_the_page_s_grouped_heads_its_sums_and_signatures(registrar, away):
    answer = registrar.get("/changes/months/book.xlsx?month=2025-10")
    sheet = load_workbook(BytesIO(answer.content))["变动月报"]
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value}
    merged = {str(one) for one in sheet.merged_cells.ranges}
    for group in ("增加", "减少"):
        at = cells[group].coordinate
        assert any(one.startswith(f"{at}:") and one.endswith("4") for one in merged)
    assert all(any(words in told for told in cells) for words in SIGNED)
    words = page(registrar.get("/changes/months/?month=2025-10"))
    assert all(one in words for one in SIGNED)
    sums = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(sums) == len(HEADS)


def told_in(client: Client, month: str) -> str:
    """The words of the first sheet of the file."""
    answer = client.get(f"/changes/months/book.xlsx?month={month}")
    sheet = load_workbook(BytesIO(answer.content))["变动月报"]
    return " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def test_who_drops_out_and_is_back_within_the_month_is_explained(registrar, cast):
    """The month compares its two ends, the return counts what happened between them."""
    child = make_child(cast.here)
    days = school_days(cast.county.pk, date(2025, 9, 1), date(2025, 11, 28))
    missed = [day for day in days if date(2025, 10, 9) <= day < date(2025, 11, 17)]
    call_rolls(cast.here.school_class, days, {child: missed})
    bring_back(open_case(child, cast.here.school_class, missed[0]), date(2025, 11, 17))
    counted = figures(month_of(registrar, "2025-11"))
    facts = load(cast.county, ReturnMonth(date(2025, 11, 1), date(2025, 11, 28)))
    (case,) = facts.cases
    ledger = count_case(case, facts)
    assert (ledger["dropout_new"], ledger["dropout_back"]) == (1, 1)
    assert not {("减少", "辍学"), ("增加", "复学")} & counted.keys()
    for words in (
        page(registrar.get("/changes/months/?month=2025-11")),
        told_in(registrar, "2025-11"),
    ):
        assert "月内辍学又返校的，两栏都不列" in words


@pytest.mark.parametrize(
    ("role", "unit", "signer"),
    [
        ("registrar", "东镇中学", "校长（签字）"),
        ("central_school", "东镇中心校", "中心校负责人（签字）"),
        ("county_desk", "甲县教育体育局", "局领导（签字）"),
        ("supervisor", "甲县教育体育局", "局领导（签字）"),
    ],
)
def test_the_report_is_of_the_level_that_reads_it(registrar, cast, role, unit, signer):
    """Supervision only reads: what it prints is the county's report."""
    make_child(cast.here)
    client = client_of(cast.person(role))
    for words in (page(client.get("/changes/months/")), told_in(client, "2025-12")):
        assert f"填报单位：{unit}" in words
        assert signer in words


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("2030-01", "2030年1月还没有到，现在显示本月（2025年12月）"),
        ("0001-01", "1年1月太早"),
        ("x", "没有看懂要查的月份"),
    ],
)
def test_a_month_that_cannot_be_shown_is_said_so(registrar, cast, asked, shown):
    assert shown in page(registrar.get("/changes/months/", {"month": asked}))


def test_the_queries_do_not_carry_every_pupil(registrar, cast, count_queries):
    """A list of 8,000 keys in a query cost the page its seconds."""

    def longest() -> int:
        with count_queries(connection) as asked:
            page(registrar.get("/changes/months/"))
        return max(len(one["sql"]) for one in asked.captured_queries)

    make_child(cast.here)
    longest()
    before = longest()
    for number in range(40):
        make_child(cast.here, f"张{number}")
    assert longest() < before + 40
