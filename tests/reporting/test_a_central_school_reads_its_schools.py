"""中心校 opens the county's built returns and finds the rows of the schools below it, no others."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from foundation import clock
from foundation.accounts.models import AuditEvent
from kongchuo.web.navigation import menu
from reporting.returns.models import BuiltReturn
from students.roster.models import Child
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.repeated import Repeated, remember
from tests.reporting.building import once, run
from tests.reporting.facts import call_rolls, open_case, school_days

Month = tuple[Cast, tuple[Child, Child], BuiltReturn]


@pytest.fixture
def central(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "today", lambda: date(2025, 11, 3))
    return client_of(cast.person("central_school"))


@pytest.fixture(scope="module")
def _october(_repeated: Repeated[Cast], django_db_blocker: Any) -> Repeated[Month]:
    with once(django_db_blocker, "2025-11-03 10:00 +0800"):
        return remember(lambda: _made(_repeated.again()))


def _made(cast: Cast) -> Month:
    """The built return of a month with a child away here, and one away in the next township."""
    days = school_days(cast.county.pk, date(2025, 9, 1), date(2025, 10, 31))
    found = []
    for side, name in ((cast.here, "欧阳小明"), (cast.there, "司马小红")):
        child = make_child(side, name)
        call_rolls(side.school_class, days, {child: days[4:]})
        open_case(child, side.school_class, days[4], opened_on=days[5], cause="05")
        found.append(child)
    client_of(cast.person("county_desk")).post("/returns/", {"month": "2025-10-01"})
    return cast, (found[0], found[1]), run(BuiltReturn.objects.get())


@pytest.fixture
def month(_october: Repeated[Month], db: None) -> Month:
    return _october.again()


@pytest.fixture
def cast(month: Month) -> Cast:
    return month[0]


@pytest.fixture
def children(month: Month) -> tuple[Child, Child]:
    """Here, and in the next township."""
    return month[1]


@pytest.fixture
def built(month: Month) -> BuiltReturn:
    return month[2]


def test_the_menu_leads_to_the_list_and_the_list_to_the_return(cast, central, built):
    assert "报表" in [item.label for item in menu(cast.viewer("central_school"), "/").items]
    words = page(central.get("/returns/"))
    assert f"/returns/{built.pk}/" in words
    assert "生成月报</button>" not in words


def test_it_reads_the_figures_and_names_of_its_own_schools(central, built, children):
    figures = page(central.get(f"/returns/{built.pk}/"))
    assert "东镇中心校所辖学校" in figures
    assert "东镇中学" in figures
    assert "西镇中学" not in figures
    names = page(central.get(f"/returns/{built.pk}/?sheet=9"))
    assert "欧阳小明" in names
    assert "司马" not in names
    assert "信教" not in names
    assert AuditEvent.objects.get(verb="read_return").children == [children[0].pk]


@pytest.mark.parametrize("sheet", ["1", "3", "12"])
def test_the_sheets_of_the_whole_county_are_not_found(central, built, sheet):
    assert central.get(f"/returns/{built.pk}/?sheet={sheet}").status_code == 404


def test_its_file_has_the_same_three_sheets_and_rows(central, built):
    answer = central.post(f"/returns/{built.pk}/download/", {"purpose": "分析本镇学校"})
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["2 分学校", "9 在册未返名单", "10 本月复学名单"]
    words = " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row)
    assert "欧阳小明" in words
    assert "西镇" not in words
    assert "司马" not in words


def test_the_next_township_s_central_school_reads_its_own(cast, central, built):
    other = client_of(cast.person("central_school", there=True))
    words = page(other.get(f"/returns/{built.pk}/?sheet=9"))
    assert "司马小红" in words
    assert "欧阳" not in words
