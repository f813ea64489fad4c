"""学籍变动月报: a dropout is on the roll and not in class; the rows and the file fit the school."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from foundation import clock
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
    enrol(add_child(cast.county, "毕业甲"), finished, date(2022, 9, 1))
    month = month_of(registrar, "2025-10")
    assert "已毕业" not in [row.grade for row in month.rows]
    assert figures(month)[("", "月末在籍")] == 1
    assert month.finished == 1
    words = page(registrar.get("/changes/months/?month=2025-10"))
    assert "另有1名学生所在班级已结束学业" in words


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
