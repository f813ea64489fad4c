"""The number of pupils over the whole list is asked for in a form of its own, which counts fast."""

import re
from datetime import date

import pytest

from foundation import clock
from foundation.accounts import actions as accounts
from foundation.accounts.models import UnitKind
from foundation.lists import rows
from students.roster.pupils.acts.pupils import add_child, add_school, enrol, open_class
from tests.browsing import client_of, page
from tests.cast import LONG_AGO, Cast, make_child

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _more_than_the_first_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of more rows than are read ahead is counted; here that is one row."""
    monkeypatch.setattr(clock, "today", lambda: date(2025, 9, 12))
    monkeypatch.setattr(rows, "HEAD", 1)


def total(cast: Cast, role: str, query: str = "") -> int:
    words = page(client_of(cast.person(role)).get(f"/roster/{query}"))
    found = re.search(r"共(\d+)人", words)
    assert found is not None, words
    return int(found[1])


def make_pupils(cast: Cast) -> None:
    make_child(cast.here, "张小明", sex="1")
    make_child(cast.here, "李四光", sex="2")
    make_child(cast.there, "王五一", sex="1")
    make_child(cast.there, "赵六顺", sex="1")
    late = make_child(cast.there, "孙七夕")
    late.enrolments.update(starts_on=date(2025, 9, 13))
    left = make_child(cast.here, "周八一")
    left.enrolments.update(ends_on=date(2025, 9, 11))


def make_another_county(cast: Cast) -> None:
    at = cast.here.township.region
    county = accounts.add_unit(UnitKind.COUNTY, "乙县教育局", cast.county.region, None)
    town = accounts.add_unit(UnitKind.TOWNSHIP, "南镇人民政府", at, county)
    unit = accounts.add_unit(UnitKind.SCHOOL, "南镇中学", at, county)
    stranger = add_child(county, "吴别县", born_on=date(2012, 5, 6))
    enrol(stranger, open_class(add_school(unit, "3153000999", town), "2", 2024, 1), LONG_AGO)


def test_the_county_counts_whoever_is_enrolled_on_the_day(cast: Cast) -> None:
    make_pupils(cast)
    assert total(cast, "county_desk") == 4


def test_pupils_of_another_county_are_not_counted(cast: Cast) -> None:
    make_pupils(cast)
    make_another_county(cast)
    assert total(cast, "county_desk") == 4
    assert total(cast, "registrar") == 2


def test_a_school_counts_its_own(cast: Cast) -> None:
    make_pupils(cast)
    assert total(cast, "registrar") == 2


def test_a_filter_counts_what_it_leaves(cast: Cast) -> None:
    make_pupils(cast)
    assert total(cast, "county_desk", "?sex=1") == 3


def test_an_unknown_order_is_that_of_the_names(cast: Cast) -> None:
    make_pupils(cast)
    client = client_of(cast.person("county_desk"))
    names = r'class="cell-name"[^>]*><a href="[^"]*">([^<]*)</a>'
    told = [re.findall(names, page(client.get(f"/roster/{query}"))) for query in ("", "?sort=zz")]
    assert told[0] == told[1]
    assert len(told[0]) == 4
