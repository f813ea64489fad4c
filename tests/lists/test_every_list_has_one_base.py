"""Every list of the product is drawn by one base: columns, order, paging, printing, views."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from foundation.lists.shared import PLACES
from foundation.lists.table import ListTable
from students.roster.lists import columns
from students.roster.lists.columns import Listing
from students.roster.lists.tables import RosterTable
from tests.browsing import client_of, page
from tests.cast import Cast

# Who reads a list, of those who may. Others read the same page with fewer rows.
READERS = {
    "papers_received": "village_cadre",
    "arrivals": "registrar",
    "audit": "auditor",
    "batches": "registrar",
    "cases": "county_desk",
    "catchments": "township_officer",
    "changes": "registrar",
    "class_reports": "registrar",
    "discoveries": "village_cadre",
    "duties": "county_desk",
    "entrants": "registrar",
    "exports": "registrar",
    "grants": "registrar",
    "groups": "county_desk",
    "handovers": "registrar",
    "leavers": "registrar",
    "ledger": "county_desk",
    "left_behind": "county_desk",
    "limits": "auditor",
    "notices": "township_officer",
    "paper_queue": "township_leader",
    "papers": "township_officer",
    "people": "security_officer",
    "progress": "county_desk",
    "pupils": "county_desk",
    "reports": "county_desk",
    "returns": "county_desk",
    "slips_owed": "class_teacher",
    "staff": "registrar",
    "substitutes": "registrar",
    "unverified_homes": "registrar",
    "warnings": "county_desk",
}
# Paged tables that are no lists: a form of the county, a file that is being read, the examples.
NO_LISTS = {
    "examples.html",
    "reporting/sheet.html",
    "roster/_import_groups.html",
    "roster/_rows.html",
    "calendars/school_year.html",
    "setup/calendar/index.html",
    "tables/list.html",
    "tables/table.html",
}


# What a POST found: it has no address that could be kept.
NOT_KEPT = {"roster/find.html"}


def test_each_list_is_known_to_this_test() -> None:
    assert set(READERS) == set(PLACES)


def _tables(of: type[ListTable]) -> Iterator[type[ListTable]]:
    for one in of.__subclasses__():
        yield one
        yield from _tables(one)


def test_each_list_keeps_views_and_columns() -> None:
    codes = {one.code for one in _tables(ListTable) if one is not RosterTable}
    listings = {one.code for one in vars(columns).values() if isinstance(one, Listing)}
    assert codes | listings == set(PLACES)


def test_each_page_of_a_list_offers_views_and_columns() -> None:
    folder = Path(settings.BASE_DIR) / "templates"
    lists = {
        str(found.relative_to(folder)): found.read_text()
        for found in folder.rglob("*.html")
        if '"tables/_list.html"' in found.read_text()
    }
    offered = ('"tables/_views.html"', '"tables/_buttons.html"')
    lacking = {name for name, text in lists.items() if not all(one in text for one in offered)}
    assert lacking == NOT_KEPT


@pytest.mark.parametrize("code", READERS)
def test_a_list_is_sorted_by_any_column_and_printed_whole(cast: Cast, code: str) -> None:
    browser, address = client_of(cast.person(READERS[code])), reverse(PLACES[code].url_name)
    answer = browser.get(address)
    table = answer.context["table"]
    assert isinstance(table, ListTable)
    assert table.code == code
    sorts = [column.name for column in table.columns.iterall() if column.orderable]
    for sign in ("", "-"):
        asked = "&".join(f"sort={sign}{name}" for name in sorts)
        assert browser.get(f"{address}?{asked}").status_code == 200, asked
    words = page(browser.get(f"{address}?print=all"))
    assert "保存为视图" not in words
    assert "保存为视图" in page(browser.get(address))


@pytest.mark.parametrize(
    ("code", "who", "shape"),
    [
        ("class_reports", "class_teacher", "cards"),
        ("exports", "registrar", "cards"),
        ("substitutes", "registrar", "cards"),
        ("slips_owed", "class_teacher", "cards"),
        ("pupils", "registrar", "lines"),
    ],
)
def test_a_list_that_names_no_row_stands_in_cards_on_a_phone(
    cast: Cast, code: str, who: str, shape: str
) -> None:
    answer = client_of(cast.person(who)).get(reverse(PLACES[code].url_name))
    assert answer.context["table"].shape == shape


def test_no_page_draws_a_paged_table_by_hand() -> None:
    folder = Path(settings.BASE_DIR) / "templates"
    by_hand = {
        str(found.relative_to(folder))
        for found in folder.rglob("*.html")
        if re.search(r"parts/_paging.html", text := found.read_text()) and "<table" in text
    }
    assert by_hand == NO_LISTS


def test_a_search_keeps_the_columns_of_the_address(cast: Cast) -> None:
    browser = client_of(cast.person("security_officer"))
    for query, kept in (("?cols=username&cols=name", ["username", "name"]), ("", [])):
        words = page(browser.get(f"/people/{query}"))
        assert re.findall(r'<input type="hidden" name="cols" value="(\w+)">', words) == kept


def test_people_are_sorted_chosen_and_paged_by_the_address(cast: Cast) -> None:
    browser = client_of(cast.person("security_officer"))
    words = page(browser.get("/people/?sort=-name&cols=username&per_page=20"))
    assert 'aria-sort="descending"' in words
    heads = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', words)
    assert heads == ["姓名", "账号"]
    assert "第 1–20 条" in words
