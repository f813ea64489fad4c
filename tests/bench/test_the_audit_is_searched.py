"""操作记录 over 3 million rows: "who saw or exported this child between two days" within 2 s (S16).

Each page is asked for in the same process, warm, several times, on the wall's clock. The floor
beside it is the bare SELECT of the same rows by the same index.
"""

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from foundation.accounts.actions import grant_post, shift_clock
from foundation.accounts.models import Person, Unit
from tests.attendance.help import at
from tests.bench.durable import durable_county
from tests.bench.morning import analyze, run
from tests.bench.test_the_county_s_lists import unlimited
from tests.browsing import client_of, page
from tests.cast import LONG_AGO, make_cast

ROWS = 3_000_000
CLASSES, PUPILS = 1_680, 30
TODAY = date(2025, 10, 31)
CHILD, HEAD_UNIT = 123_456, 10_050
TIMES = 5
MOST = 2.0  # seconds

_BETWEEN = f"since={TODAY - timedelta(days=60)}&until={TODAY}"
_CHILD = f"""SELECT * FROM accounts_auditevent WHERE children @> ARRAY[{CHILD}]::bigint[]
    AND at >= '{TODAY - timedelta(days=60)}' ORDER BY at DESC LIMIT 20"""
_LAST = "SELECT * FROM accounts_auditevent ORDER BY at DESC LIMIT 20"
_PERSON = """SELECT * FROM accounts_auditevent WHERE person_id = 20100 ORDER BY at DESC LIMIT 20"""
PAGES = {
    "who saw or exported a child": (f"/audit/?child={CHILD}&what=saw&{_BETWEEN}", _CHILD),
    "all of a child": (f"/audit/?child={CHILD}", _CHILD),
    "the last seven days": ("/audit/", _LAST),
    "a year": (f"/audit/?since={TODAY - timedelta(days=364)}", _LAST),
    "a person": ("/audit/?who=teacher99", _PERSON),
    "a school": (f"/audit/?unit={HEAD_UNIT}", _PERSON),
    "refusals": ("/audit/?what=refused", _LAST),
    "accounts and units": ("/audit/?what=kept", _LAST),
}
_OF_A_HEAD = ("/audit/?what=saw", _PERSON)


def test_who_saw_a_child_is_answered_within_two_seconds(django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), durable_county():
        cast = make_cast()
        run("register.sql", {"from": 1, "to": CLASSES, "pupils": PUPILS})
        _fill()
        shift_clock(at(TODAY) - timezone.now())
        took = [_tell(client_of(cast.person("auditor")), name, *one) for name, one in PAGES.items()]
        took.append(_tell(client_of(_a_head()), "a head's school", *_OF_A_HEAD))
        assert took[0] <= MOST


def _fill() -> None:
    """The rows, with the index over the children built once afterwards."""
    _as_owner("DROP INDEX audit_by_child")
    numbers = {"rows": ROWS, "classes": CLASSES, "pupils": CLASSES * PUPILS - 5_000}
    run("audit.sql", {**numbers, "until": timezone.now()})
    _as_owner("CREATE INDEX audit_by_child ON accounts_auditevent USING gin (children)")
    analyze()


def _as_owner(statement: str) -> None:
    with connections["owner"].cursor() as owner:
        owner.execute("RESET ROLE")
        owner.execute("SET maintenance_work_mem = '512MB'")
        owner.execute(statement)


def _a_head() -> Person:
    """The head of a school with seventeen classes of the register."""
    person = Person.objects.create_person("head", "校长")
    grant_post(person, "head_teacher", Unit.objects.get(pk=HEAD_UNIT), LONG_AGO, None)
    return person


def _tell(client: Client, name: str, address: str, floor: str) -> float:
    """Print a line for the page; returns its seconds."""
    with unlimited():
        ours = _median(partial(_page, client, address))
    bare = _median(partial(_floor, floor))
    print(f"{name}: {ours * 1_000:.0f} ms, floor {bare * 1_000:.1f} ms, {ours / bare:.0f} : 1")
    return ours


def _median(what: Callable[[], None]) -> float:
    took = []
    for _ in range(TIMES + 1):
        began = time.perf_counter()
        what()
        took.append(time.perf_counter() - began)
    return statistics.median(took[1:])


def _page(client: Client, address: str) -> None:
    page(client.get(address))


def _floor(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.fetchall()
