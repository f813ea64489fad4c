"""A county's overdue duties are counted as all there are where there is no other county, and as
those of its cases where there is one: the same numbers, and nobody else's."""

from datetime import date

import pytest

from cases.models import Case
from cases.pages.queue import area_overdue, overdue_parts
from foundation.accounts import actions as accounts
from foundation.accounts.models import UnitKind
from foundation.lists import rows
from reporting.desk.late import late_units
from students.calendars.loading import calendar_for
from tests.browsing import client_of
from tests.cast import Cast
from tests.desk.many import open_cases

DAY = date(2025, 9, 23)
OVERDUE = "/duties/?of=area&due=overdue"


def late_of(cast: Cast, role: str) -> int:
    viewer = cast.viewer(role, DAY)
    found = late_units(viewer, DAY, calendar_for(cast.county.pk))
    assert sum(part.count() for part in overdue_parts(viewer, DAY)) == sum(
        one.overdue for one in found
    )
    return sum(one.overdue for one in found)


def give_to_another_county(number: int) -> None:
    """The next cases lie in another county from now on."""
    region = Case.objects.all()[0].county.region
    county = accounts.add_unit(UnitKind.COUNTY, "乙县教育局", region, None)
    keys = list(Case.objects.order_by("pk").values_list("pk", flat=True)[:number])
    Case.objects.filter(pk__in=keys).update(county=county)


def test_who_is_late_owes_what_the_list_holds(cast: Cast) -> None:
    open_cases(cast, 30, DAY)
    assert late_of(cast, "county_desk") == 10
    assert late_of(cast, "township_officer") == 5


def test_the_duties_of_another_county_are_nobody_s_here(cast: Cast) -> None:
    open_cases(cast, 30, DAY)
    give_to_another_county(12)
    assert (
        late_of(cast, "county_desk") == area_overdue(cast.viewer("county_desk", DAY), DAY).count()
    )
    assert late_of(cast, "county_desk") == 6


def test_the_list_says_how_many_there_are_without_those_of_another_county(
    cast: Cast, on, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_cases(cast, 30, DAY)
    on(DAY)
    monkeypatch.setattr(rows, "HEAD", 1)  # a list of more rows than are read ahead is counted
    client = client_of(cast.person("county_desk"))
    assert "共10条" in client.get(OVERDUE).content.decode()
    give_to_another_county(12)
    assert "共6条" in client.get(OVERDUE).content.decode()
