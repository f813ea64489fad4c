"""What a page of the county's lists costs at 50,000 pupils and 20,000 open cases; printed only.

Each page is asked for as the web server does (served.py), warm, several times. Counted is the
processor's time of this process and of the database, so that other work on the machine counts
little: it slows the processor, so each page is also told as a multiple of the frame, which the same
minute has measured. The floor beside it is what the page cannot do without: the keys of its fifty
rows by an index, then these rows by their keys. Wanted: at most 60 ms of server time a page.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.accounts.actions import shift_clock
from foundation.accounts.limits import counting
from foundation.accounts.limits.rules import OverLimit
from tests.attendance.help import at
from tests.bench.durable import durable_county
from tests.bench.morning import analyze, run
from tests.bench.served import Served, as_served
from tests.cast import make_cast

CLASSES, PUPILS, CASES = 1_680, 30, 20_000
TODAY = date(2025, 10, 31)
TIMES, WARM = 9, 3

_ROWS = "SELECT * FROM {table} WHERE id = ANY(ARRAY({keys}))"
_OVERDUE = """SELECT id FROM cases_deadline WHERE met_on IS NULL AND void_on IS NULL
    AND lapsed_on IS NULL AND due_on < '2025-10-31' ORDER BY due_on, id LIMIT 50"""
_CASES = """SELECT id FROM cases_case WHERE stage <> 'DX' ORDER BY opened_on DESC, id DESC
    LIMIT 50"""
_CHANGES = "SELECT id FROM roster_change ORDER BY occurred_on DESC, id DESC LIMIT 50"
_PUPILS = "SELECT id FROM roster_child ORDER BY name_key, id LIMIT 50"
_NAMES = "SELECT id FROM roster_child WHERE name LIKE '%%4321%%' ORDER BY name_key LIMIT 50"

# What is asked for, and the floor's statement.
FRAME = "the frame of a page, no list"
PAGES: dict[str, tuple[str, str]] = {
    FRAME: ("/lists/", "SELECT 1"),
    "overdue in the county": (
        "/duties/?of=area&due=overdue&per_page=50",
        _ROWS.format(table="cases_deadline", keys=_OVERDUE),
    ),
    "open cases": ("/cases/?per_page=50", _ROWS.format(table="cases_case", keys=_CASES)),
    "roster": ("/roster/?per_page=50", _ROWS.format(table="roster_child", keys=_PUPILS)),
    "name search": (
        "/roster/?q=4321&per_page=50",
        _ROWS.format(table="roster_child", keys=_NAMES),
    ),
    "changes": ("/changes/?per_page=50", _CHANGES),
    "工作台": (
        "/?of=area&due=overdue&per_page=50",
        _ROWS.format(table="cases_deadline", keys=_OVERDUE),
    ),
}


def test_the_county_s_lists_beside_their_rows_alone(django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), durable_county():
        cast = make_cast()
        fill()
        shift_clock(at(TODAY) - timezone.now())
        tell(Served(cast.person("county_desk")))


def fill() -> None:
    """The county's pupils and open cases, with the statistics that the planner would have."""
    run("register.sql", {"from": 1, "to": CLASSES, "pupils": PUPILS})
    run("open_cases.sql", {"cases": CASES, "today": TODAY})
    analyze()


def tell(served: Served) -> None:
    """Print a line for each page."""
    print(f"\n{CLASSES * PUPILS} pupils, {CASES} open cases; 50 rows a page; processor time")
    for name, (address, floor) in PAGES.items():
        with unlimited(), as_served():
            frame, _ = _usual(partial(served.page, PAGES[FRAME][0]))
            whole, database = _usual(partial(served.page, address))
            with CaptureQueriesContext(connection) as seen:
                served.page(address)
        least, _ = _usual(partial(_floor, floor))
        print(
            f"{name}: {whole:.0f} ms of server time a page, {database:.1f} ms of them the"
            f" database in {len(seen)} queries; page : frame = {whole / frame:.1f} : 1;"
            f" floor {least:.2f} ms, page : floor = {whole / least:.0f} : 1,"
            f" database : floor = {database / least:.0f} : 1"
        )


def _usual(what: Callable[[], Any]) -> tuple[float, float]:
    """The middle of several times, in milliseconds of processor: in all, and of the database."""
    found = [spent(what) for _ in range(TIMES + WARM)][WARM:]
    return (
        statistics.median(web + database for web, database in found),
        statistics.median(database for _, database in found),
    )


def spent(what: Callable[[], Any]) -> tuple[float, float]:
    """The milliseconds of processor that this process and its database used for something."""
    before = time.process_time(), _database()
    what()
    after = time.process_time(), _database()
    web, database = (late - early for early, late in zip(before, after, strict=True))
    return web * 1_000, database * 1_000


def _database() -> float:
    """The seconds of processor that the backend of our connection has used."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def _floor(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.fetchall()


@contextmanager
def unlimited() -> Iterator[None]:
    """The limit of lists a minute is looked up, as ever, but refuses no page that is measured."""
    asking: Any = counting
    kept = asking.check

    def looked_up(*asked: Any) -> None:
        with suppress(OverLimit):
            kept(*asked)

    asking.check = looked_up
    try:
        yield
    finally:
        asking.check = kept
