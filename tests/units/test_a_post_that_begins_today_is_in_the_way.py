"""A unit closes on a day only after its posts have begun; the words say from which day on."""

from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from foundation.accounts import actions as accounts
from foundation.accounts.models import Person, UnitChange
from tests.cast import Cast
from tests.units.test_units_are_merged_and_closed import close


def test_a_unit_with_posts_of_today_is_refused_before_it_is_confirmed_and_all_are_named(
    cast: Cast, keeper: Client
) -> None:
    today: date = timezone.localdate()
    unit = cast.here.school.unit
    for login, role in (("new_a", "head_teacher"), ("new_b", "registrar")):
        person = Person.objects.create_person(login, f"新{login}")
        accounts.grant_post(person, role, unit, today, None)
    words = close(keeper, unit, cast.there.school.unit, 422)
    first = today + timedelta(days=1)
    assert "新new_a的「校长」从" in words
    assert "新new_b的「学籍管理员」从" in words
    assert f"请把生效日期改为{first.year}年{first.month}月{first.day}日或以后" in words
    assert not UnitChange.objects.exists()
    close(keeper, unit, cast.there.school.unit, day=f"{first}")
    assert UnitChange.objects.count() == 1
