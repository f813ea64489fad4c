"""The county's first page with 2,000 and with 20,000 open cases; printed, and as many queries.

Aim: at most 60 ms of server time on a quiet machine.
"""

import time
from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from foundation.accounts.actions import shift_clock
from tests.browsing import BACKEND
from tests.cases.steps import at
from tests.cast import Cast
from tests.desk.many import open_cases

DAY = date(2025, 9, 23)
FEW, MANY, ROUNDS = 2_000, 20_000, 9


def _asked(client: Client, count_queries: Any) -> tuple[float, float, int]:
    """(middle of the wall times, least processor time) in seconds, and the queries of a page."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client.get("/")
    walls, processor = [], []
    for _ in range(ROUNDS):
        wall, spent = time.perf_counter(), time.process_time()
        assert client.get("/").status_code == 200
        walls.append(time.perf_counter() - wall)
        processor.append(time.process_time() - spent)
    with count_queries(connection) as seen:
        client.get("/")
    return sorted(walls)[ROUNDS // 2], min(processor), len(seen)


def test_the_county_s_desk_with_ten_times_the_cases(
    cast: Cast, settings: Any, count_queries: Any
) -> None:
    settings.CLOCK_MAY_SHIFT = True
    shift_clock(at(DAY) - timezone.now())
    client = Client()
    client.force_login(cast.person("county_desk"), backend=BACKEND)
    open_cases(cast, FEW, DAY)
    few = _asked(client, count_queries)
    open_cases(cast, MANY - FEW, DAY, prefix="N")
    many = _asked(client, count_queries)
    for number, (wall, processor, queries) in ((FEW, few), (MANY, many)):
        print(
            f"\n{number} open cases: {wall * 1000:.0f} ms, of it {processor * 1000:.0f} ms of the"
            f" page's own processor, {queries} queries"
        )
    assert few[2] == many[2]
