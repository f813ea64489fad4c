"""文书台账 with 100,000 papers beside one with 1,000: the same queries, and their times.

Each page is asked for in the same process, warm, several times, on the wall's clock.
"""

import statistics
import time
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.accounts.actions import shift_clock
from tests.attendance.help import at
from tests.bench.durable import durable_county
from tests.bench.morning import analyze, run
from tests.bench.test_the_county_s_lists import unlimited
from tests.browsing import client_of, page
from tests.cast import Cast, make_cast

FEW, MANY = 1_000, 100_000
TODAY = date(2025, 10, 31)
TIMES = 5
PAGES = {
    "the first page": "",
    "the last page": "?page=100000",
    "not served": "?state=unserved",
    "late": "?state=late",
    "void": "?state=void",
    "a month": "?month=2025-09",
    "a kind": "?kind=order",
    "a number": "?q=99",
    "by the day of service": "?sort=-served",
}
Told = dict[str, tuple[int, float]]  # by page: queries, seconds


def test_a_ledger_of_100_000_papers_asks_as_much_as_one_of_1_000(django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), durable_county():
        cast = make_cast()
        shift_clock(at(TODAY) - timezone.now())
        _fill(cast, 1, FEW)
        few = _told(cast)
        _fill(cast, FEW + 1, MANY)
        many = _told(cast)
        for name, (queries, took) in many.items():
            asked, before = few[name]
            print(
                f"{name}: {asked} queries, {before * 1_000:.0f} ms of {FEW}; "
                f"{queries} queries, {took * 1_000:.0f} ms of {MANY}: {took / before:.1f} times"
            )
            # A list that ends on its first pages is not counted besides.
            assert queries - asked in (0, 1)


def _fill(cast: Cast, first: int, last: int) -> None:
    run(
        "papers.sql",
        {
            "from": first,
            "to": last,
            "here": cast.here.township.pk,
            "there": cast.there.township.pk,
            "county": cast.county.pk,
            "post": cast.post("township_leader").pk,
            "until": TODAY - timedelta(days=1),
        },
    )
    analyze()


def _told(cast: Cast) -> Told:
    readers = {"county": "county_desk", "township": "township_officer"}
    return {
        f"{who}, {name}": _page(client_of(cast.person(role)), f"/papers/{query}")
        for who, role in readers.items()
        for name, query in PAGES.items()
    }


def _page(client: Client, address: str) -> tuple[int, float]:
    took = []
    with unlimited():
        page(client.get(address))
        with CaptureQueriesContext(connection) as asked:
            page(client.get(address))
        queries = len(asked)  # the next request begins the log anew
        for _ in range(TIMES):
            began = time.perf_counter()
            client.get(address)
            took.append(time.perf_counter() - began)
    return queries, statistics.median(took)
