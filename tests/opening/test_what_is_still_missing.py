"""开通进度 says of each unit what it still lacks."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from foundation.accounts.models import Person
from kongchuo.setup.opening.progress import NO_ROSTER, NOBODY_SIGNED_IN, progress_of
from students.roster.pupils.acts.pupils import add_child, enrol, open_class
from tests.browsing import client_of, page
from tests.cast import Cast, make_child

DAY = date(2025, 9, 12)


def missing(cast: Cast) -> dict[str, tuple[str, ...]]:
    return {row.unit.name: row.missing for row in progress_of(cast.county, DAY)}


def test_a_school_lacks_a_roster_then_a_class_teacher_then_nothing(cast: Cast) -> None:
    name = cast.here.school.unit.name
    assert missing(cast)[name] == (NOBODY_SIGNED_IN, NO_ROSTER)
    make_child(cast.here)
    Person.objects.update(last_login=datetime(2025, 9, 1, tzinfo=ZoneInfo("Asia/Shanghai")))
    assert missing(cast)[name] == ()
    other = open_class(cast.here.school, "2", 2024, 9)
    child = add_child(cast.county, "周小乙", born_on=date(2012, 5, 6))
    enrol(child, other, date(2025, 9, 1))
    assert missing(cast)[name] == ("1个班没有班主任",)


def test_a_unit_without_its_responsible_person_is_named(cast: Cast) -> None:
    Person.objects.update(last_login=timezone.now())
    village = cast.here.village.name
    assert missing(cast)[village] == ()
    Person.objects.filter(posts__unit=cast.here.village).update(is_active=False)
    assert missing(cast)[village] == ("没有负责人：村（居）委会专干",)


def test_the_page_shows_what_is_lacking_and_on_demand_all(cast: Cast) -> None:
    client = client_of(cast.person("county_desk"))
    words = page(client.get("/opening/progress/"))
    assert NO_ROSTER in words
    assert "宣布已开通" not in words  # this county was founded otherwise
    assert page(client.get("/opening/progress/?all=1")).count("<tr") > 1


@pytest.mark.django_db
def test_it_costs_the_same_number_of_queries_for_any_number_of_units(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        progress_of(cast.county, DAY)


def test_what_stands_in_a_township_is_listed_under_it(cast: Cast) -> None:
    towns = {row.unit: row.town for row in progress_of(cast.county, DAY)}
    here = cast.here
    units = (here.township, here.village, here.office, here.central_school, here.school.unit)
    assert {towns[unit] for unit in units} == {str(here.township)}
    assert towns[cast.county] == ""
