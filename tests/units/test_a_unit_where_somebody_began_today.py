"""A unit where a post began today closes from tomorrow on, and the page says so beforehand."""

from datetime import date

import pytest
from django.test import Client

from foundation.accounts.actions import grant_post
from foundation.accounts.models import Person, Unit, UnitChange
from tests.browsing import page
from tests.cast import Cast
from tests.units.conftest import PAPER, TOMORROW
from tests.units.steps import close_unit


@pytest.fixture
def begun(cast: Cast) -> None:
    """A teacher and a clerk who begin at our school, and a cadre in our village, today."""
    places = (("class_teacher", cast.here.school.unit), ("registrar", cast.here.school.unit))
    for role, unit in (*places, ("village_cadre", cast.here.village)):
        who = Person.objects.create_person(f"{role}_new", f"新{role}")
        grant_post(who, role, unit, date(2025, 9, 12), None)


def test_the_form_says_so_and_offers_the_day(cast: Cast, keeper: Client, begun: None) -> None:
    for unit in (cast.here.school.unit, cast.here.village):
        words = page(keeper.get(f"/units/{unit.pk}/close/"))
        assert "请把生效日期改为2025年9月13日或以后" in words
        assert f'value="{TOMORROW}"' in words


def test_today_is_refused_before_the_check_and_names_all(
    cast: Cast, keeper: Client, begun: None
) -> None:
    into = cast.there.school.unit
    words = close_unit(keeper, cast.here.school.unit, into, PAPER, 422)
    assert "新class_teacher的「班主任」从2025年9月12日起、新registrar的「学籍管理员」" in words
    assert "改为2025年9月13日或以后" in words
    assert not UnitChange.objects.exists()


def test_the_offered_day_is_taken(cast: Cast, keeper: Client, begun: None) -> None:
    close_unit(keeper, cast.here.school.unit, cast.there.school.unit, {**PAPER, "day": TOMORROW})
    assert UnitChange.objects.get().day == date(2025, 9, 13)
    words = page(keeper.get(f"/units/{cast.here.school.unit.pk}/"))
    assert "有一项变动待生效" in words
    assert "/close/" not in words


def test_a_township_names_the_way_of_its_villages(cast: Cast, keeper: Client) -> None:
    words = page(keeper.get(f"/units/{cast.here.township.pk}/close/"))
    assert "先在那个乡镇下面增加，再把原来的村合并过去" in words
    assert "改到别的单位下" not in words


def test_a_new_village_is_known_by_its_place(cast: Cast, keeper: Client) -> None:
    code = f"{cast.here.township.region.code}299"
    typed = {**PAPER, "name": "新河村民委员会", "short_name": "", "phone": "", "code": code}
    keeper.post(f"/units/{cast.here.township.pk}/add/village/", typed)
    assert Unit.objects.get(name="新河村民委员会").short_name == "新河村"
