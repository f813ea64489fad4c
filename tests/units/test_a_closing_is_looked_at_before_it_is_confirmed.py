"""Before a unit is closed a page shows what moves, from which day, and what is unusual."""

import re
from datetime import date

from django.test import Client

from foundation.accounts.models import Unit, UnitChange
from students.roster.models import SchoolClass
from tests.browsing import client_of, page
from tests.cases.steps import call_roll
from tests.cast import Cast, make_child
from tests.units.conftest import PAPER
from tests.units.steps import close_unit


def look(keeper: Client, unit: Unit, into: Unit, status: int = 200, **more: str) -> str:
    typed = PAPER | {"successor": str(into.pk)} | more
    return page(keeper.post(f"/units/{unit.pk}/close/", typed), status)


def test_one_press_closes_nothing_and_shows_what_moves(cast: Cast, keeper: Client) -> None:
    make_child(cast.here)
    old = cast.here.school.unit
    words = look(keeper, old, cast.there.school.unit)
    for told in ("在籍学生", "班级", "2025年9月12日", "确认后马上生效", "确认撤并"):
        assert told in words
    old.refresh_from_db()
    assert old.is_open
    assert not UnitChange.objects.exists()


def test_a_school_of_another_stage_and_another_township_are_warned_of(
    cast: Cast, keeper: Client
) -> None:
    make_child(cast.here)
    make_child(cast.there)
    SchoolClass.objects.filter(school=cast.there.school).update(stage="2", entry_year=2024)
    SchoolClass.objects.filter(school=cast.here.school).update(stage="1", entry_year=2024)
    words = look(keeper, cast.here.school.unit, cast.there.school.unit)
    assert "学段不合" in words
    assert "不在一个乡镇" in words


def test_a_grade_that_the_school_has_no_class_of_is_named(cast: Cast, keeper: Client) -> None:
    make_child(cast.here)
    make_child(cast.there)
    SchoolClass.objects.filter(school=cast.there.school).update(stage="1", entry_year=2020)
    SchoolClass.objects.filter(school=cast.here.school).update(stage="1", entry_year=2024)
    words = look(keeper, cast.here.school.unit, cast.there.school.unit)
    assert "现在没有二年级的班" in words
    assert "学段不合" not in words


def test_a_village_of_another_township_is_warned_of(cast: Cast, keeper: Client) -> None:
    words = look(keeper, cast.here.village, cast.there.village)
    assert "不在一个乡镇，责任乡镇随之改变" in words


def test_a_roll_called_today_lets_the_classes_stay_until_the_evening(
    cast: Cast, keeper: Client
) -> None:
    make_child(cast.here)
    call_roll(cast, date(2025, 9, 12))
    words = look(keeper, cast.here.school.unit, cast.there.school.unit)
    assert "从2025年9月13日起转出" in words


def test_a_confirmation_of_other_figures_is_shown_again(cast: Cast, keeper: Client) -> None:
    old, new = cast.here.school.unit, cast.there.school.unit
    words = look(keeper, old, new, 409, step="confirm", seen="0")
    assert "请再核对一遍" in words
    assert not UnitChange.objects.exists()


def test_a_day_that_has_passed_is_refused_before_the_check(cast: Cast, keeper: Client) -> None:
    look(keeper, cast.here.school.unit, cast.there.school.unit, 422, day="2025-09-01")


def test_classes_that_stay_until_the_evening_are_counted_once(cast: Cast, keeper: Client) -> None:
    make_child(cast.here)
    old, new = cast.here.school.unit, cast.there.school.unit
    desk = client_of(cast.person("county_desk"))
    before = owed_reports(desk)
    call_roll(cast, date(2025, 9, 12))
    close_unit(keeper, old, new, PAPER)
    assert "在籍学生" not in page(keeper.get(f"/units/{old.pk}/"))
    assert "在籍学生" in page(keeper.get(f"/units/{new.pk}/"))
    assert owed_reports(desk) == before
    words = page(client_of(cast.person("registrar", there=True)).get("/"))
    assert "已全部提交" not in words
    assert "1 个班未报" in words  # its own, not those that come tomorrow


def owed_reports(client: Client) -> str:
    words = page(client.get("/changes/reports/"))
    found = re.search(r"还有<strong>(\d+)</strong>个班没有报告", words)
    return found[1] if found else "0"
