"""Column and filter of a list of cases mean the same township; a paper tells what is listed."""

from datetime import date

import pytest

from foundation import clock
from tests.browsing import client_of, page
from tests.cases.steps import a_case
from tests.cast import make_child


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2025, 9, 12))


def test_a_school_in_another_township_is_named_beside_the_home(cast) -> None:
    a_case(
        cast,
        make_child(cast.here, home_village=cast.there.village, home_township=cast.there.township),
    )
    desk = client_of(cast.person("county_desk"))
    for township in (cast.here.township, cast.there.township):
        told = page(desk.get(f"/cases/?cols=township&township={township.pk}"))
        assert f"{cast.there.township}（户籍）、{cast.here.township}（学校）" in told
    assert told.count("乡镇（户籍或学校）") >= 2


def test_a_printed_list_says_what_it_is_filtered_by(cast) -> None:
    a_case(cast, make_child(cast.here))
    desk = client_of(cast.person("county_desk"))
    told = page(desk.get("/cases/?state=open&print=all"))
    assert "筛选：状态：未销号" in told


def test_a_month_that_is_none_is_told_by_this_month(cast) -> None:
    told = page(client_of(cast.person("county_desk")).get("/cases/?month=2025-13"))
    assert "请填写月份，如2025-09。" in told
