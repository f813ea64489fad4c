"""Each picture has its words and its table, and is right with no data, one value and 200 units."""

import json
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases.policy import Stage
from foundation.accounts.models import Unit, UnitKind
from reporting.desk import pictures
from reporting.desk.late import LateUnit
from reporting.desk.models import MonthFigure
from reporting.desk.months import count_months
from reporting.figures.indicators import COUNTS
from reporting.returns.models import BuiltReturn
from tests.cases.steps import at, call_roll
from tests.cast import make_child

DAY = date(2025, 9, 23)
NOW = datetime(2025, 9, 23, 1, tzinfo=ZoneInfo("Asia/Shanghai"))


def month(number: int, **counts: dict[str, int]) -> MonthFigure:
    first, last = date(2025, number, 1), date(2025, number, 28)
    return MonthFigure(unit=Unit(kind=UnitKind.SCHOOL), month=first, as_of=last, counts=counts)


@pytest.fixture
def suspected(cast, case, on):
    """The child is missing until it is suspected, and the worker counts in the night."""
    make_child(cast.there, "周小山")
    for day in (15, 16, 17, 18, 19, 22):
        call_roll(cast, date(2025, 9, day), case.child)
    on(DAY)
    count_months(DAY, NOW)
    return case


def test_the_trend_shows_what_the_return_of_the_month_counts(suspected, cast, page_of) -> None:
    kept = MonthFigure.objects.get(unit=cast.county, month=date(2025, 9, 1))
    assert kept.sum_of("suspected_end") == 1
    page = page_of("county_desk")
    script = re.search(r'<script id="trend"[^>]*>(.*?)</script>', page)
    assert script
    drawn = json.loads(script.group(1))
    assert drawn["names"] == ["2025年9月"]
    assert drawn["series"][0]["values"] == [1]
    assert "系统统计，截至9月23日" in page


def test_each_unit_reads_its_own_months(suspected, cast, page_of) -> None:
    assert "疑似辍学（月末）1人" in page_of("head_teacher")
    assert "疑似辍学（月末）1人" in page_of("township_leader")
    assert "疑似辍学（月末）0人" in page_of("township_leader", there=True)


def test_a_township_is_told_whom_its_picture_counts(suspected, page_of) -> None:
    page = page_of("township_leader")
    assert "按学校所在地统计" in page
    assert "近1个月疑似辍学" in page
    assert "2025年9月以前没有统计" in page
    assert "按学校所在地统计" not in page_of("county_desk")


def test_a_month_is_counted_once_a_day(suspected) -> None:
    assert count_months(DAY, NOW) == 0
    assert count_months(date(2025, 9, 24), at(date(2025, 9, 24))) == 1


def test_a_built_return_replaces_the_count_and_is_named(suspected, cast, page_of, on) -> None:
    row = {"school": "东镇中学", "township": "东镇", "stage": "初中"}
    counts = {**dict.fromkeys(COUNTS, 0), "suspected_end": 7}
    built = BuiltReturn(
        county=cast.county,
        code="F16",
        period=date(2025, 9, 1),
        version=2,
        as_of=DAY,
        filed_on=DAY,
        state=BuiltReturn.BUILT,
        built_by=cast.post("county_desk"),
        created_at=NOW,
    )
    built.canonical = json.dumps({"blocks": {"schools": [{**counts, **row}]}})
    built.save()
    assert count_months(DAY, NOW) == 1
    kept = MonthFigure.objects.get(unit=cast.here.school.unit, month=date(2025, 9, 1))
    assert (kept.built, kept.sum_of("suspected_end")) == (built, 7)
    page = page_of("county_desk")
    assert "月报第2版" in page
    assert "2025年9月的数据来自已生成的月报" in page


def test_no_data_is_said_in_words(cast, on, page_of) -> None:
    on(DAY)
    page = page_of("county_desk")
    assert "还没有统计过的月份" in page
    assert "没有未销号的个案" in page
    assert "data-chart" not in page


def test_one_value_is_a_picture_with_a_table() -> None:
    one = pictures.trend([month(9, **{"1": {"suspected_end": 3}})])
    assert one.data["series"][0]["values"] == [3]
    assert one.rows[0][:2] == ("2025年9月", 3)


def test_two_hundred_units_are_all_in_the_table_and_twenty_in_the_picture() -> None:
    name = "云县茂兰镇很长很长名字的第一初级中学附属小学教学点"
    late = [LateUnit(f"{name}{n}", 200 - n, DAY, 3, "/") for n in range(200)]
    one = pictures.overdue(late)
    assert len(one.rows) == 200
    assert len(one.data["names"]) == pictures.DRAWN
    assert "表中为全部" in one.source
    assert "共200个单位" in one.words


def test_the_ladder_tells_the_middle_of_the_days_in_words() -> None:
    one = pictures.ladder([pictures.StageCount(Stage.D4, "上报乡镇·乡镇劝返", 5, 9)])
    assert "停留天数的中位数为9天" in one.words
    assert "D4" not in str(one.rows) + one.words


def test_a_rate_stands_beside_its_line(cast) -> None:
    counts = {"2": {"dropout_of_year": 2, "enrolled_at_start": 100}}
    one = pictures.rates([month(9, **counts)], DAY, cast.county.pk)
    assert one.rows[0][:5] == ("初中", 2, 100, "2.00%", "≤1.80%")
    assert "超线" in one.words
    assert [series["values"] for series in one.data["series"]] == [[2.0], [1.8]]
