"""A return whose base is hollow is refused with the reason; a part-hollow one says so itself."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from foundation import clock
from reporting.returns.models import BuiltReturn
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.reporting.building import bytes_of, run
from tests.reporting.facts import call_rolls, school_days


@pytest.fixture
def desk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 2, 20))
    return client_of(cast.person("county_desk"))


@pytest.fixture
def october(cast: Cast) -> list[date]:
    """The school days of October."""
    return school_days(cast.county.pk, date(2025, 10, 1), date(2025, 10, 31))


def refused(desk: Client, month: str) -> str:
    """The words of the page that refuses the month."""
    words = page(desk.post("/returns/", {"month": month}), 422)
    assert not BuiltReturn.objects.exists()
    return words


def built(desk: Client, month: str = "2025-10-01") -> BuiltReturn:
    assert desk.post("/returns/", {"month": month}).status_code == 302
    return run(BuiltReturn.objects.get())


def test_without_a_roster_it_is_refused(desk, cast, october):
    call_rolls(cast.here.school_class, october)
    words = refused(desk, "2025-10-01")
    assert "2025年10月31日没有在籍学生" in words
    assert "请先导入" in words


def test_where_no_roll_was_ever_called_it_is_refused(desk, cast):
    make_child(cast.here)
    assert "各校还没有点过名" in refused(desk, "2025-10-01")


def test_a_month_before_the_first_roll_is_refused(desk, cast, october):
    make_child(cast.here)
    call_rolls(cast.here.school_class, october[-1:])
    assert "2025年9月早于本系统最早的点名（2025年10月31日）" in refused(desk, "2025-09-01")
    assert built(desk).is_built  # the month of the first roll itself


def test_a_month_with_school_days_and_no_roll_is_refused(desk, cast, october):
    make_child(cast.here)
    call_rolls(cast.here.school_class, october[:1])
    assert "没有一个班点过名" in refused(desk, "2025-11-01")


def test_a_month_of_vacation_needs_no_roll(desk, cast, october):
    make_child(cast.here)
    call_rolls(cast.here.school_class, october)
    assert built(desk, "2026-02-01").is_built


def test_a_part_hollow_return_says_so_on_page_and_file(desk, cast, october):
    make_child(cast.here)
    make_child(cast.there)
    call_rolls(cast.here.school_class, october[1:])
    made = built(desk)
    due = 2 * len(october)
    gaps = (
        "1所学校本月一次也没有点名：西镇中学。",
        f"应点名{due}班次（上下午），其中{len(october) + 1}班次未点名",
    )
    words = page(desk.get(f"/returns/{made.pk}/"))
    assert "数据不完整，报送前请补齐或说明" in words
    assert all(gap in words for gap in gaps)
    for sheet in load_workbook(BytesIO(bytes_of(made))):
        cells = " ".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value)
        assert "数据不完整，见注" in cells
        assert all(gap in cells for gap in gaps)


def test_a_school_without_a_roster_or_without_pupils_at_the_start_is_named(desk, cast, october):
    child = make_child(cast.here)
    child.enrolments.update(starts_on=october[0])
    call_rolls(cast.here.school_class, october)
    words = page(desk.get(f"/returns/{built(desk).pk}/"))
    assert "1所学校2025年10月31日没有在籍学生：西镇中学。" in words
    assert "1所学校学年初没有在籍学生，辍学率没有基数：东镇中学。" in words


def test_a_whole_base_says_nothing(desk, cast, october):
    for side in (cast.here, cast.there):
        make_child(side)
        call_rolls(side.school_class, october)
    assert "数据不完整" not in page(desk.get(f"/returns/{built(desk).pk}/"))
